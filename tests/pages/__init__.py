"""Tests of smartby.pages."""
