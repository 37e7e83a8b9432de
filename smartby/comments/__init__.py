"""What people say under a contribution."""
