"""The review of a record."""
