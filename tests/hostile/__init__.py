"""Hostile input at scale: every route, every form, every frame, in everybody's name."""
