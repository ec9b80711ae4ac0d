"""What a new claim or meeting is about, by which it may be there already."""

from collections.abc import Iterable
from typing import Any

from tracker.services.alike import ACTORS, LOOKED_FOR, Sought, about, about_vote, ends_of
from tracker.services.records.parsing import Parsed
from tracker.services.records.references import Key, References
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing


def sought(parsed: Parsed, references: References) -> Sought | None:
    """Return what a record is about; None if that isn't plain, or it is meant to stand beside another."""
    noun, values = parsed.layout.noun, parsed.values
    if noun not in LOOKED_FOR or values.get("standing") == Standing.CONTESTED:
        return None
    ends = ends_of(values.get("since"), values.get("until"))
    if noun is Noun.MEETING:
        actors = _ids(references, (item.get("actor") for item in parsed.parts.get("participants", ())))
        return about(noun, actors, None, ends) if actors and ends.since_earliest else None
    if noun is Noun.VOTE:
        body = _ids(references, map(values.get, ACTORS[noun]))
        return about_vote(body[0], values) if body else None
    actors, issue = _ids(references, map(values.get, ACTORS[noun])), _ids(references, [values.get("issue")])
    return about(noun, actors, issue[0], ends) if len(actors) == len(ACTORS[noun]) and issue else None


def _ids(references: References, keys: Iterable[Any]) -> list[int]:
    records = [references.find(key) for key in keys if isinstance(key, Key)]
    return [ids[0] for ids in records if len(ids) == 1]
