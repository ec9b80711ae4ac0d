"""Lists: their filters, pages, and export."""
