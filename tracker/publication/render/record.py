"""One record rendered: its public form, what it is filtered and sorted by, and whom it names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import models

from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.publication.render import actors, alignments, issues, meetings, sources, stances
from tracker.publication.render.names import Names
from tracker.values.nouns import Noun

Parts = Mapping[str, Sequence[Any]]
_SHAPERS: dict[Noun, Callable[[Any, Parts, Names], msgspec.Struct]] = {
    Noun.ISSUE: issues.shape,
    Noun.ACTOR: actors.shape,
    Noun.SOURCE: sources.shape,
    Noun.STANCE: stances.shape,
    Noun.ALIGNMENT: alignments.shape,
    Noun.MEETING: meetings.shape,
}
_COLUMNS: dict[Noun, Callable[[Any, Parts], dict[str, Any]]] = {
    Noun.ISSUE: issues.columns,
    Noun.ACTOR: actors.columns,
    Noun.SOURCE: sources.columns,
    Noun.STANCE: stances.columns,
    Noun.ALIGNMENT: alignments.columns,
    Noun.MEETING: meetings.columns,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A record in its public form. `columns` are those of its noun's table of documents, `ref` among them."""

    noun: Noun
    record: int
    version: int
    shape: msgspec.Struct
    body: str
    columns: dict[str, Any]
    mentions: set[tuple[Noun, int]]


def render(record: Record, parts: Mapping[str, Sequence[models.Model]], names: Names) -> Rendered:
    """Render a record of the desk, or of its history, with the names that `names` knows."""
    noun = noun_of(record)
    shape = _SHAPERS[noun](record, parts, names)
    return Rendered(
        noun=noun,
        record=record.pk,
        version=record.version,
        shape=shape,
        body=msgspec.json.encode(shape).decode(),
        columns={"ref": record.ref, **_COLUMNS[noun](record, parts)},
        mentions=names.mentioned,
    )
