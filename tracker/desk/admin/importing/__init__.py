"""Files that become drafts: uploaded, looked at row by row, imported."""
