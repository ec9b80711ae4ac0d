"""What became of one record between two releases, as a person would say it, in a line."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from tracker.formats.bibliographies import one_line
from tracker.formats.csv_documents import layout
from tracker.schema import grouping
from tracker.schema.fields import fields
from tracker.schema.markers import Grouped
from tracker.schema.records import SHAPES
from tracker.values.days import when
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

Record = dict[str, Any]
UNTOLD = ("edition", "id", "score")  # of a position the score says nothing more
DATES = ("since", "until", "held", "issued", "confirmed_on", "accessed_on")
PROSE = ("summary", "question", "standing_note")
NOTHING: tuple[Any, ...] = (None, "", [], {})
POSITIONS = {"neutral": "is neutral", "silent": "is silent", "no_evidence": "has no known position"}
DIRECTED = {"defers": "defers to", "hedges": "hedges against"}


class Move(NamedTuple):
    """A record as it was and as it is, None where it was not public; `into` is what it was merged into, if it was."""

    noun: Noun
    old: Record | None
    new: Record | None
    into: str = ""

    @property
    def last(self) -> Record:
        """Return the record as it was public last."""
        return self.new or self.old or {}

    @property
    def what(self) -> str:
        """Return what happened: new, changed, retracted, merged, or nothing of its own."""
        if self.old is None:
            return "new"
        if self.new is None:
            return "merged" if self.into else "retracted"
        return "changed" if any(differences(self.noun, self.old, self.new)) else ""


def with_new_keys(noun: Noun, record: Record, keys: Mapping[str, str]) -> Record:
    """Return a record in which whatever it names that has a new slug is named by that; `keys` by address."""
    return grouping.with_new_keys(SHAPES[noun], _with_new_keys(record, keys), keys.get)


def _with_new_keys(value: Any, keys: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_with_new_keys(part, keys) for part in value]
    if not isinstance(value, dict):
        return value
    if (slug := keys.get(value.get("url") or "")) and "slug" in value:
        return {**value, "slug": slug}
    return {name: _with_new_keys(inner, keys) for name, inner in value.items()}


def sentence(move: Move) -> str:
    named = title(move.noun, move.last)
    if move.what == "merged":
        return f"Merged into {move.into}: {named}"
    if move.old and move.new:
        return f"Changed: {named}: {'; '.join(differences(move.noun, move.old, move.new))}"
    return f"{move.what.capitalize()}: {named}"


def title(noun: Noun, record: Record) -> str:
    """Return what a record is called; of a claim, what it claims."""
    match noun:
        case Noun.STANCE:
            label = labels(noun)["position"][record["position"]]
            return f"{record['actor']['name']} {POSITIONS.get(record['position'], label)}{_claimed(noun, record)}"
        case Noun.ALIGNMENT:
            actor, counterpart = record["actor"]["name"], record["counterpart"]["name"]
            if directed := DIRECTED.get(record["pattern"]):
                return f"{actor} {directed} {counterpart}{_claimed(noun, record)}"
            label = labels(noun)["pattern"][record["pattern"]]
            return f"{actor} and {counterpart}, {label}{_claimed(noun, record)}"
        case Noun.MEETING:
            return one_line(record["title"]) + (f" ({when(record['since'])})" if record["since"] else "")
    return called(noun, record)


def called(noun: Noun, record: Record) -> str:
    """Return the title or name of a record; of a vote that may have neither, its symbol, and whose it is and when."""
    if noun is Noun.VOTE:
        words = ": ".join(filter(None, (record["symbol"], record["title"]))) or record["body"]["name"]
        return one_line(words) + (f" ({when(record['held'])})" if record["held"] else "")
    return one_line(record.get("title") or record["name"])


def differences(noun: Noun, old: Record, new: Record) -> Iterator[str]:
    """Yield in which fields of its own a record changed, and how; a new name of what it refers to is none of them."""
    for field, before, after in changed(noun, old, new):
        yield _difference(noun, field, before, after)


def changed(noun: Noun, old: Record, new: Record) -> Iterator[tuple[str, Any, Any]]:
    """Yield each of these fields, with its cells in tables before and after."""
    for laid in layout(noun):
        field = laid.field
        if field in UNTOLD:
            continue
        before, after = (laid.values(record.get(field))[0] for record in (old, new))
        if before != after:
            yield field, before, after


def _difference(noun: Noun, field: str, before: Any, after: Any) -> str:
    called = field.replace("_", " ")
    if field in PROSE:
        return f"{called} {'reworded' if before and after else 'added' if after else 'taken out'}"
    lists = [_parts(noun, field, cell) for cell in (before, after)]
    if any(parts and isinstance(parts[0], dict) for parts in lists if parts):
        return f"{called}: {_counted(*(parts or [] for parts in lists))}"
    shown = [
        ", ".join(map(str, parts)) if parts else _shown(field, labels(noun).get(field, {}), cell)
        for cell, parts in zip((before, after), lists, strict=True)
    ]
    return f"{called} {shown[0]} → {shown[1]}"


def _parts(noun: Noun, field: str, cell: Any) -> list[Any] | None:
    """Return the parts that a cell has; None if it is no list, even if a text or a date begins with a bracket."""
    of = fields(SHAPES[noun])[field]
    mark = of.mark(Grouped)
    if not isinstance(cell, str) or not (mark or of.is_list):
        return None
    parts: list[Any] = json.loads(cell)
    return [part for _, part in grouping.parts(mark, parts)] if mark else parts


def _shown(field: str, labels: Mapping[str, str], cell: Any) -> str:
    if cell in NOTHING:
        return "none"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = one_line(str(cell))
    if field in DATES:
        return when({"edtf": text})
    return labels.get(text, text)


def _counted(before: list[Any], after: list[Any]) -> str:
    olds, news = (Counter(json.dumps(part, sort_keys=True) for part in parts) for parts in (before, after))
    counts = {"added": (news - olds).total(), "taken out": (olds - news).total()}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "in another order"


def _claimed(noun: Noun, record: Record) -> str:
    """Return when, on what basis and how surely something is claimed, in brackets."""
    since, until = (when(record[end]) if record[end] else "" for end in ("since", "until"))
    period = f"{since} to {until}" if since and until else f"since {since}" if since else until and f"until {until}"
    terms = labels(noun)
    basis = terms["basis"][record["basis"]]
    contested = "contested" if record["standing"] == "contested" else ""
    hedged = "hedged" if record.get("hedged") else ""
    sure = f"{terms['confidence'][record['confidence']]} confidence"
    return f" ({'; '.join(filter(None, [period, basis, sure, hedged, contested]))})"


@cache
def labels(noun: Noun) -> dict[str, dict[str, str]]:
    """Return the labels of the terms of each field that has a vocabulary."""
    return {
        name: {str(term.value): str(term.label) for term in field.type}
        for name, field in fields(SHAPES[noun]).items()
        if field.is_a(Vocabulary)
    }
