"""Tests of smartby.contributions."""
