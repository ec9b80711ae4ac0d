"""What a record is about, as it would be, by which it may be there already."""

from collections.abc import Sequence

from tracker.services.alike import Sought, about_key, about_record
from tracker.services.records.comparing import Compared
from tracker.services.records.identities import normalised
from tracker.services.records.references import Key, References
from tracker.values.nouns import Noun


def sought(of: Compared, references: References, participants: Sequence[int] = ()) -> Sought | None:
    """Return what a record is about; None if that isn't plain. `participants` are those that nothing is said of."""
    record, noun = of.record, of.parsed.layout.noun
    if noun is Noun.SOURCE:
        return about_key(*normalised([record.url]))
    if "participants" in of.parsed.parts:
        keys = (item.get("actor") for item in of.parsed.parts["participants"])
        participants = [pk for key in keys if isinstance(key, Key) for pk in references.find(key)]
    return about_record(noun, record, participants)
