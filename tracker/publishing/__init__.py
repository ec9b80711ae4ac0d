"""The door between the desk and readers:
records become documents, in one transaction, as an edition.

`publish` publishes and withdraws, and tells the course of it: `locking` locks a `batch`; `edition`
has its `new_documents` staged, and what `merges` change; `rules` says what can't be; `renames` are
staged, and `edition.make_edition` writes what is on the `stage`. `status` is how far a record is on
its way, `review` has the steps of it, `worklists` whose turn it is, `four_eyes` who may take the
last one. `render` makes a document of a record, `releases` files of an edition.
"""
