"""How fast and how lean: measurements of the production server on loopback."""
