"""Stages and moves as rows, the board, official answers."""
