"""The door between the desk and readers: records become documents, in one transaction, as an edition.

`publish` publishes and withdraws, and tells the course of it: `locking` locks a `batch`; `edition` has its
`new_documents` staged, and what `unmerging` changes; `rules` says what can't be; `renames` are staged, and
`edition.make_edition` writes what is on the `stage`. `status` is how far a record is on its way, `review` the steps of
it, `four_eyes` who may take the last one, of the `team`. `render` makes a document of a record, `releases` files of an
edition.
"""
