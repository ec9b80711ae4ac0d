"""What changes together: verbs over several records, each inside one `history.change()`; keyword-only."""
