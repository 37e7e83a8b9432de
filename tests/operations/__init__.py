"""What whoever runs smartby can ask of it."""
