"""What the town asks for."""
