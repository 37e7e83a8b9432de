"""The set-up of a machine: scripts that need nothing but Python itself, called by the Makefile."""
