"""Demo towns with believable content."""
