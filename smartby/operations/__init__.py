"""What whoever runs smartby needs: doctor, backup, logs, figures, and moving a town."""
