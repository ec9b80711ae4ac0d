"""Forms of records and of their parts, their fields, and how references are searched."""
