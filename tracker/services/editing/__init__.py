"""Writing one record with all its parts, from values as JSON has them: made, edited or deleted, or all that is wrong.

Fields are those of the model, parts are lists by their names, which replace what was there; what is left out stays as
it is. A reference is a key (`tracker.services.keys`) or, as reading gives it, an object with one; a vague date is EDTF
or an object with it. What no import may do, nobody may do here: the rules are the same ones, told in the same words.
"""

from tracker.services.editing.writing import create, delete, edit, lock

__all__ = ["create", "delete", "edit", "lock"]
