"""The tests of smartby; the folders mirror the package."""
