"""What comes of workshops."""
