"""The core of writing records: what is said of one, as JSON has values, is parsed, resolved, checked and written.

    fields        what may be said of a record and of its parts, from its model; kinds: of values
    parsing       typed values → what is kept, with keys for references, and every Problem at once
    references    keys → records; keys, identities: which record one is, whose it is already
    comparing     the record as it would be, and what that changes; rules: the tables' constraints, told before
    writing       many records by few statements; verbs: one record, all of it or nothing; bulk: one field of many
    duplicates    what a record, or a row of a file, may be already
    claims        what claims have in common; database_errors: what the database refuses, as Problems

Fields are those of the model, parts are lists by their names, which replace what was there; what is left out stays as
it is. A reference is a key or, as reading gives it, an object with one; a vague date is EDTF or an object with it.
Nothing here knows of files: imports read cells into the same values, and tell the places of rows beside each Problem.
"""

from tracker.desk.records.verbs import create, delete, edit, lock

__all__ = ["create", "delete", "edit", "lock"]
