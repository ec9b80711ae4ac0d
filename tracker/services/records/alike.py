"""What a claim, meeting or vote is about, as it would be, by which it may be there already."""

from collections.abc import Sequence

from tracker.services.alike import ACTORS, Sought, about, about_vote, ends_of
from tracker.services.records.comparing import Compared
from tracker.services.records.references import Key, References
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing


def sought(of: Compared, references: References, participants: Sequence[int] = ()) -> Sought | None:
    """Return what a record is about; None if that isn't plain. `participants` are those that nothing is said of."""
    record, noun = of.record, of.parsed.layout.noun
    if noun is Noun.VOTE:
        return about_vote(record.body_id, vars(record))
    ends = ends_of(record.since, record.until)
    if noun is not Noun.MEETING:
        return about(noun, [getattr(record, f"{name}_id") for name in ACTORS[noun]], record.issue_id, ends)
    if "participants" in of.parsed.parts:
        keys = (item.get("actor") for item in of.parsed.parts["participants"])
        participants = [pk for key in keys if isinstance(key, Key) for pk in references.find(key)]
    return about(noun, participants, None, ends) if participants and ends.since_earliest else None


def is_contested(of: Compared) -> bool:
    """Tell whether a claim is meant to stand beside another."""
    return bool(getattr(of.record, "standing", "") == Standing.CONTESTED)
