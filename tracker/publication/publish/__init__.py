"""Making editions: records of the desk become documents, in one transaction, checked before the database does."""
