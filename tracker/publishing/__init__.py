"""Making editions: records of the desk become documents, in one transaction, checked before the database does.

Called by `publishing/publish.py`, which tells the course of it: `locking` locks a `batch`; `edition` has its
`new_documents` staged, and what `unmerging` changes; `rules` says what can't be; `renames` are staged, and
`edition.make_edition` writes what is on the `stage`.
"""
