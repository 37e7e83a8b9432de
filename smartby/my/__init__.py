"""One's own page: what one has written and supported, everything stored about one, and leaving."""
