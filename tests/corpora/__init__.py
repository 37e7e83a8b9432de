"""Collections of hostile input that many tests share."""
