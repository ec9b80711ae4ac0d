"""The desk: all that edits."""
