"""Tests of smartby.core."""
