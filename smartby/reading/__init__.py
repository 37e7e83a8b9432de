"""One contribution as its page shows it, whatever kind it is."""
