"""What version 1 of the API has promised, and what would break it."""
