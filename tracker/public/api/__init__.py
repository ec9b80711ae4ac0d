"""The publication: GET only, no login, the same bytes for everybody, and documents only."""
