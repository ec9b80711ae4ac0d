"""What the publication must answer, restated in plain Python from the words of its contract:
slow, and clear.

Nothing here is the server's. An edition is all public records, each with the fields that the desk
had when it was last published; whom it names is looked up among the records of the same edition, so
that renames, moves and retractions need no rules of their own.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, NamedTuple


class Label(NamedTuple):
    """A record: its noun and number."""

    noun: str
    id: int


# as the desk has them, with labels for whom they name; empty dates are ""
Fields = Mapping[str, Any]
PLURALS = {
    "issue": "issues",
    "actor": "actors",
    "source": "sources",
    "stance": "stances",
    "alignment": "alignments",
    "meeting": "meetings",
    "vote": "votes",
}
# what no question is about, but makes a record another than it was
COMPARED_ONLY = ("whom_it_names", "its_rows")
# the parameters of a list, as in a query string; what may be repeated is a list
Question = Mapping[str, Any]


def days(edtf: str) -> tuple[date, date]:
    """Return the first and the last day that a year, month or day can mean,
    however roughly it is known.
    """
    year, month, day = ([int(number) for number in edtf.rstrip("~?%").split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    first_month, last_month = (month, month) if month else (1, 12)
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def ends(noun: str, fields: Fields) -> tuple[str, str]:
    """Return when something begins and ends;
    a meeting of which only the first day is told lasts that day.
    """
    since, until = fields["since"], fields["until"]
    return since, until or since if noun == "meeting" else until


def is_possible(noun: str, fields: Fields, day: date) -> bool:
    """Tell whether something may have been so on a day;
    where an end is not told, there is no bound.
    """
    since, until = ends(noun, fields)
    return (not since or days(since)[0] <= day) and (not until or day <= days(until)[1])


def is_certain(noun: str, fields: Fields, day: date) -> bool:
    """Tell whether something surely was so on a day:
    begun, and not ended, or else confirmed on that day or later.
    """
    since, until = ends(noun, fields)
    if not since or day < days(since)[1]:
        return False
    if until:
        return day <= days(until)[0]
    confirmed_on = fields.get("confirmed_on")
    return confirmed_on is not None and day <= date.fromisoformat(confirmed_on)


@dataclass(frozen=True)
class Edition:
    """All that is public from one moment to the next."""

    number: int
    published_at: datetime
    records: Mapping[Label, Fields]

    def shown(self, record: Label) -> dict[str, Any] | None:
        """Return a record in its public form, as far as a test varies it;
        None if it is not public.
        """
        if record not in self.records:
            return None
        return {
            name: self._public_value(name, value) for name, value in self.records[record].items()
        }

    def is_under(self, issue: Label | None, top: Label) -> bool:
        """Tell whether an issue is another one or below it."""
        while issue is not None and issue != top:
            issue = self.records[issue]["parent"]
        return issue == top

    def issues(self, record: Label) -> list[Label]:
        fields = self.records[record]
        if record.noun == "issue":
            return [record]
        issues: list[Label] = fields["issues"] if record.noun == "meeting" else [fields["issue"]]
        return issues

    def actors(self, record: Label) -> list[Label]:
        """Return whose stance or alignment it is, on either side."""
        return [
            self.records[record][side]
            for side in ("actor", "counterpart")
            if side in self.records[record]
        ]

    def key(self, record: Label) -> str:
        """Return the last part of the address of a record."""
        fields = self.records[record]
        return str(fields.get("slug", fields["id"]))

    def address(self, record: Label) -> str:
        return f"/api/v1/{PLURALS[record.noun]}/{self.key(record)}/"

    def reference(self, record: Label) -> dict[str, Any]:
        fields = self.records[record]
        name = fields["name"] if record.noun == "actor" else fields["title"]
        key = "id" if record.noun == "source" else "slug"
        return {"url": self.address(record), key: fields[key], "name": name}

    def _public_value(self, name: str, value: Any) -> Any:
        if name in ("since", "until"):
            return (
                dict(
                    zip(
                        ("edtf", "earliest", "latest"), (value, *map(str, days(value))), strict=True
                    )
                )
                if value
                else None
            )
        if isinstance(value, Label):
            return self.reference(value)
        return (
            [{label.noun: self.reference(label)} for label in value]
            if isinstance(value, list)
            else value
        )


class Oracle:
    """The whole history of editions,
    and what the lists and records of the API must answer out of it.
    """

    def __init__(self) -> None:
        self.editions = [Edition(0, datetime.min.replace(tzinfo=UTC), {})]

    @property
    def latest(self) -> Edition:
        return self.editions[-1]

    def published(self, edition: Any, fields: Mapping[Label, Fields | None]) -> None:
        """Take in what was published as the desk had it, or None of what was retracted;
        `edition` if that made one.
        """
        before = self.latest
        records = {
            label: of for label, of in {**before.records, **fields}.items() if of is not None
        }
        after = Edition(before.number, before.published_at, records)
        assert (edition is None) == all(
            after.shown(record) == before.shown(record) for record in {**records, **fields}
        )
        if edition is not None:
            assert edition.number == before.number + 1
            assert edition.published_at > before.published_at
            self.editions.append(Edition(edition.number, edition.published_at, records))

    def edition(self, question: Question) -> Edition:
        """Return the edition that answers:
        the one of a number, else the one current at a moment, else the latest.
        """
        if "edition" in question:
            return self.editions[question["edition"]]
        if "as_of" in question:
            moment = datetime.fromisoformat(question["as_of"])
            return [edition for edition in self.editions if edition.published_at <= moment][-1]
        return self.latest

    def meant(self, noun: str, key: str) -> Label | None:
        """Return the record that has this key in any edition, which is only ever one;
        None if none has.
        """
        for edition in self.editions:
            for record in edition.records:
                if record.noun == noun and edition.key(record) == key:
                    return record
        return None

    def opened(self, record: Label, edition: Edition) -> int:
        """Return which edition made a record what it is in this one:
        the first since when it looked the same.
        """
        number = edition.number
        while self.editions[number - 1].shown(record) == edition.shown(record):
            number -= 1
        return number

    def entry(self, record: Label, edition: Edition) -> dict[str, Any]:
        shown = {
            name: value
            for name, value in (edition.shown(record) or {}).items()
            if name not in COMPARED_ONLY
        }
        return {"edition": self.opened(record, edition), **shown}

    def changes(self) -> list[tuple[int, str, int]]:
        """Return what each edition opened or closed:
        its number, the record's noun and number, in that order.
        """
        return sorted(
            (edition.number, record.noun, {**before.records, **edition.records}[record]["id"])
            for before, edition in pairwise(self.editions)
            for record in before.records.keys() | edition.records.keys()
            if before.shown(record) != edition.shown(record)
        )

    def status(self, record: Label | None, key: str, edition: Edition) -> int:
        """Return how an address with this key, of this record, answers as of an edition."""
        if record in edition.records:
            return 200 if edition.key(record) == key else 308
        return (
            410
            if any(record in before.records for before in self.editions[: edition.number])
            else 404
        )

    def is_answered(self, question: Question) -> bool:
        """Tell whether there was ever a record under each slug that a question asks by;
        else it is refused.
        """
        return all(
            self.meant(noun, slug) is not None
            for name, noun in ASKED_BY.items()
            for slug in question.get(name, [])
        )

    def results(self, noun: str, question: Question) -> list[dict[str, Any]]:
        edition = self.edition(question)
        records = [record for record in edition.records if record.noun == noun]
        entries = [
            self.entry(record, edition)
            for record in records
            if self._matches(edition, record, question)
        ]
        return sorted(entries, key=lambda result: result["id"])

    def _matches(self, edition: Edition, record: Label, question: Question) -> bool:
        fields = edition.records[record]
        asked = {
            name: [self.meant(noun, slug) for slug in question[name]]
            for name, noun in ASKED_BY.items()
            if name in question
        }
        is_so = is_certain if question.get("certain") == "true" else is_possible
        standing = question.get("standing", ["accepted"])
        return all(
            [
                "on" not in question
                or is_so(record.noun, fields, date.fromisoformat(question["on"])),
                "standing" not in fields or "any" in standing or fields["standing"] in standing,
                "actor_kind" not in question
                or edition.records[fields["actor"]]["kind"] in question["actor_kind"],
                "actor" not in asked
                or any(actor in asked["actor"] for actor in edition.actors(record)),
                "defers_to" not in asked or fields["defers_to"] in asked["defers_to"],
                "participant" not in asked
                or any(actor in asked["participant"] for actor in fields["participants"]),
                "parent" not in asked or fields["parent"] in asked["parent"],
                "issue" not in asked
                or any(issue in asked["issue"] for issue in edition.issues(record)),
                "under" not in asked
                or any(
                    edition.is_under(issue, top)
                    for issue in edition.issues(record)
                    for top in asked["under"]
                ),
            ]
        )


ASKED_BY = {
    "actor": "actor",
    "defers_to": "actor",
    "participant": "actor",
    "issue": "issue",
    "under": "issue",
    "parent": "issue",
}
