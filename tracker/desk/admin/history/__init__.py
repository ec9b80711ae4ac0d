"""What was changed and published: of a record, of the desk, of an edition; and undoing it."""
