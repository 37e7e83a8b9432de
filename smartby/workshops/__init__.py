"""Where people meet to think together: planned, announced and signed up for."""
