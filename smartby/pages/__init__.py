"""Front pages and the pages about the place itself."""
