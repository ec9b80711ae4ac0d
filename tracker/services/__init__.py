"""What changes together: verbs over several records, each inside one `history.changeset()`; keyword-only."""
