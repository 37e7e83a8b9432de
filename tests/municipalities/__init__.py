"""Tests of smartby.municipalities."""
