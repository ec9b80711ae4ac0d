"""Making editions: records of the desk become documents, in one transaction, checked before the database does.

Called by `services/publishing.py`: `locking` locks a `batch`; `edition` has its `new_documents` staged, with `renames`
and `unmerging` that follow; `rules` says what can't be; then `edition.make_edition` writes what is on the `stage`.
"""
