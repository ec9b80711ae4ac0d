"""Making editions: records of the desk become documents, in one transaction, checked before the database does.

`services/publishing.py` calls it: `edition` drafts one of a `batch`, with `renames` and `merges` that follow;
`render` makes `new_documents`, `rules` says what can't be, and `stage` writes them.
"""
