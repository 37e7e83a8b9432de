"""Cards that people write in a workshop: writing, walls, columns, groups, upvotes and tables."""
