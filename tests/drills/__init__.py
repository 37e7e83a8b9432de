"""Fault drills: something breaks while a workshop is on; the books and the screens stay right."""
