"""Tests of smartby.my."""
