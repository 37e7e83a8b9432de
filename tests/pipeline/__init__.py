"""Tests of smartby.pipeline."""
