"""What is done with a selection of records, or with one, after a page that shows it."""
