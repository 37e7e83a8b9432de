"""Support: one each, taken back while open."""
