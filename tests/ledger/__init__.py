"""Tests of smartby.ledger."""
