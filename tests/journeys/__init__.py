"""Two people, two browsers, a real server."""
