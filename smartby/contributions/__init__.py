"""Ideas and challenges, and what orders and compares them."""
