"""What a record is about, as it would be, by which it may be there already."""

from collections.abc import Collection, Sequence
from typing import Any

from tracker.desk.records.comparing import Compared
from tracker.desk.records.identities import normalised
from tracker.desk.records.likeness import KEY_FIELDS, LOOKED_FOR, Sought, about_key, about_record, alike, is_contested
from tracker.desk.records.references import Key, References
from tracker.values.nouns import Noun


def twins(noun: Noun, record: Any, changed: Collection[str] | None, participants: Sequence[int] = ()) -> list[int]:
    """Return the ids of others that a record may be, before it is saved, if it is new or its own key changes.

    `changed` are the fields that differ from what is saved; None of a new record.
    """
    is_asked = changed is None or KEY_FIELDS.get(noun) in changed
    if not is_asked or noun not in LOOKED_FOR or is_contested(record):
        return []
    about = about_unsaved(noun, record, participants)
    return [other for other in alike(noun, [about])[0] if other != record.pk] if about else []


def sought(of: Compared, references: References, participants: Sequence[int] = ()) -> Sought | None:
    """Return what a record is about; None if that isn't plain. `participants` are those that nothing is said of."""
    return about_unsaved(of.parsed.layout.noun, of.record, taking_part(of, references) or participants)


def about_unsaved(noun: Noun, record: Any, participants: Sequence[int] = ()) -> Sought | None:
    """Return what a record is about as it would be; of a source the database hasn't made `url_key` yet."""
    if noun is Noun.SOURCE:
        return about_key(*normalised([record.url]))
    return about_record(noun, record, participants)


def taking_part(of: Compared, references: References) -> list[int]:
    """Return the participants that are said of a meeting."""
    keys = (item.get("actor") for item in of.parsed.parts.get("participants", ()))
    return [pk for key in keys if isinstance(key, Key) for pk in references.find(key)]
