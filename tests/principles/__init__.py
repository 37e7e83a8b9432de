"""Tests of smartby.principles."""
