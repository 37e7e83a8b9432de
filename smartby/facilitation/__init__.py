"""A workshop while it is held: its doors, its participants, what they write, and who drives."""
