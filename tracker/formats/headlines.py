"""A change as a newsroom reads it: a headline that says who and what, and what became of each field, in plain words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.formats.bibliographies import one_line
from tracker.formats.csv_documents import layout
from tracker.formats.releases.moves import DIRECTED, POSITIONS, UNTOLD, differences, labels
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

Record = dict[str, Any]


class Told(NamedTuple):
    """A change in its public form, the record as it is then or was last, and the survivor of a merge."""

    noun: Noun
    change: Record
    record: Record
    survivor: Record | None = None


def headline(told: Told) -> str:
    """Return who and what, and in brackets what happened to it."""
    return f"{called(told.noun, told.record)} ({_happened(told)})"


def called(noun: Noun, record: Record) -> str:
    """Return what a record is called; of a claim, what it claims about which issue."""
    if noun is Noun.STANCE:
        verb = POSITIONS.get(record["position"])
        verb = f"{verb} on" if verb else labels(noun)["position"][record["position"]]
        return f"{record['actor']['name']} {verb} {_quoted(record['issue'])}"
    if noun is Noun.ALIGNMENT:
        actor, counterpart, issue = record["actor"]["name"], record["counterpart"]["name"], _quoted(record["issue"])
        if directed := DIRECTED.get(record["pattern"]):
            return f"{actor} {directed} {counterpart} on {issue}"
        return f"{actor} and {counterpart} on {issue}: {labels(noun)['pattern'][record['pattern']]}"
    if noun is Noun.MEETING and record["since"]:
        # of “[2019-06..2019-12]”, one of several days
        when = record["since"]["edtf"].strip("[]").replace("..", " to ")
        return f"{one_line(record['title'])}, {when}"
    return one_line(record.get("title") or record["name"])


def details(told: Told) -> Iterator[str]:
    """Yield what the edition is about, and what changed from what to what, a line each."""
    change = told.change
    if change["note"]:
        yield f"Edition {change['edition']}: {change['note']}"
    if told.survivor:
        yield f"It was merged into {called(told.noun, told.survivor)}."
    for field, (old, new) in _changed(told):
        if _is_named(old) or _is_named(new):
            yield f"{_plain(field)} {_name(old)} → {_name(new)}"
        else:
            yield from differences(told.noun, {field: old}, {field: new})


def _happened(told: Told) -> str:
    match told.change["operation"]:
        case Operation.PUBLISHED:
            return f"new {told.noun}"
        case Operation.UPDATED:
            return f"changed: {', '.join(_plain(field) for field, _ in _changed(told))}"
        case Operation.RENAMED:
            return f"a name in it changed: {', '.join(_renamed(told))}"
        case Operation.MERGED if told.survivor:
            return f"merged into {called(told.noun, told.survivor)}"
        case happened:
            return str(happened)


def _changed(told: Told) -> Iterator[tuple[str, list[Any]]]:
    """Yield the fields that changed in the order of the public form, which the database's JSON loses."""
    changed = told.change["changed"]
    fields = [one.field for one in layout(told.noun) if one.field not in UNTOLD]
    yield from ((field, changed[field]) for field in fields if field in changed)


def _renamed(told: Told) -> Iterator[str]:
    for field, (old, new) in _changed(told):
        is_told = _is_named(old) and _is_named(new)
        yield f"{_name(old)} is {_name(new)} now" if is_told else _plain(field)


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value


def _name(value: Any) -> str:
    return one_line(value["name"]) if _is_named(value) else "none"


def _plain(field: str) -> str:
    return field.replace("_", " ")


def _quoted(issue: Record) -> str:
    return f"“{one_line(issue['name'])}”"
