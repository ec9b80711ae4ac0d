"""The review of a record, and the lists of who has to do what next."""
