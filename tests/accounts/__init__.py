"""Tests of smartby.accounts."""
