"""What comes of workshops: ideas and challenges that were made in one, and its minutes."""
