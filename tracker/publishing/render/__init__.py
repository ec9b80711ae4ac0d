"""From the desk to documents: a record in its public form, what it is filtered and sorted by, and whom it names."""

from dataclasses import dataclass
from typing import Any

import msgspec

from tracker.models.nouns import noun_of
from tracker.models.snapshots import Snapshot
from tracker.publishing.render.columns import columns_of
from tracker.publishing.render.fields import shaped
from tracker.publishing.render.names import Names, reference_of
from tracker.values.nouns import Noun

__all__ = ["Names", "Rendered", "reference_of", "render"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A record in its public form.

    `columns` are those of its noun's table of documents, `ref` among them; `missing` are named by it, and not known.
    """

    noun: Noun
    record: int
    version: int
    shape: msgspec.Struct
    body: str
    columns: dict[str, Any]
    mentions: set[tuple[Noun, int]]
    missing: list[tuple[Noun, int]]


def render(snapshot: Snapshot, names: Names) -> Rendered:
    """Render a record of the desk, or of its history, with the names that `names` knows."""
    record, parts = snapshot
    noun = noun_of(record)
    shape = shaped(noun, record, parts, names)
    return Rendered(
        noun=noun,
        record=record.pk,
        version=record.version,
        shape=shape,
        body=msgspec.json.encode(shape).decode(),
        columns=columns_of(noun, record, parts),
        mentions=names.mentioned,
        missing=[*dict.fromkeys(names.missing)],
    )
