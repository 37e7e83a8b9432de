"""The tenant: address, look, members and roles, settings."""
