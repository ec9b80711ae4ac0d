"""The site, its navigation and its first page."""
