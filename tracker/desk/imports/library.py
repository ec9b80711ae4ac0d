"""The files of votes that the United Nations' digital library offers for download, a row a ballot,
read as votes.

They are known by their columns. Those of the General Assembly and of the Security Council have
columns of their own; a file is of one of the two. Other columns, which the library adds from time
to time, are left aside.

A vote that is here is completed: what the desk leaves empty comes from the file, and what it has
stays. It is found by its symbol, in either spelling, or by the library's number, which a vote that
was made so has in its `ref`.

In memory are held the votes, and of each ballot two numbers: which member cast what, and its line.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, NamedTuple
from unicodedata import normalize

from more_itertools import chunked

from tracker.desk.imports.members import meant
from tracker.desk.imports.references import NameIndex
from tracker.models import Actor, Ballot, Vote
from tracker.models.queries import rows_of
from tracker.public.formats.csv import unguarded
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row, UnreadableError, heading
from tracker.values import countries
from tracker.values.vocabularies import TALLY, Choice, VoteKind, VoteOutcome

KNOWN_BY = {"undl_id", "ms_code", "ms_vote"}
NEEDED = ("undl_id", "ms_code", "ms_name", "ms_vote", "date", "resolution")
OF_COUNCIL, OF_ASSEMBLY = (
    {"permanent_member", "description", "modality"},
    {"session", "committee_report"},
)
OF_BALLOT = ("ms_code", "ms_name", "ms_vote")
SAID_OF_VOTE = (
    *(
        "date",
        "session",
        "resolution",
        "draft",
        "meeting",
        "title",
        "description",
        "modality",
        "vote_note",
    ),
    *("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms", "undl_link"),
)
TOTALS = {
    Choice.YES: "total_yes",
    Choice.NO: "total_no",
    Choice.ABSTAIN: "total_abstentions",
    Choice.ABSENT: "total_non_voting",
}
CAST = {
    "Y": Choice.YES,
    "N": Choice.NO,
    "A": Choice.ABSTAIN,
    "X": Choice.ABSENT,
    "NV": Choice.ABSENT,
}
VOTED = (Choice.YES, Choice.NO, Choice.ABSTAIN)
SOURCE = {
    "ref": "un-library-votes",
    "type": "dataset",
    "title": "Voting data",
    "publisher": "Dag Hammarskjöld Library",
    "url": "https://digitallibrary.un.org/search?cc=Voting+Data",
    "outlet": "official",
    "language": "en",
}
# what a vote gets of a file; the last two add to what it has
HEADER = [
    *(
        "id",
        "ref",
        "body",
        "symbol",
        "draft_symbol",
        "title",
        "held",
        "session",
        "meeting_record",
        "kind",
        "outcome",
    ),
    *("without_vote", *TALLY.values(), "ballots_complete", "ballots+", "citations+"),
]
CHUNK = 200  # votes that are looked up at once
LONGEST_TITLE, LONGEST_SYMBOL = 300, 100
ADOPTED = re.compile(r"[AS]/RES/")
A_TOTAL = re.compile(r"[0-9]{1,3}(\.0+)?")
OF_RESOLUTION = re.compile(
    r"\s*:?\s*resolution\s*/?\s*adopted by the (General Assembly|Security Council).*$", re.I
)
# before, what the library calls China was represented by the Republic of China
SEATED = "1971-10-25"
BEFORE = {"CHN": "TWN"}
CONTINUES = {"SUN": "RUS"}  # the seat is the same
HERE = """
    SELECT a.symbol, v.id FROM unnest(%s::text[]) a (symbol) JOIN tracker_vote v
    ON v.symbol = ANY (public.spellings(VARIADIC ARRAY[a.symbol, replace(a.symbol, ' ', '')]))
    WHERE v.body_id = %s AND v.kind <> ALL (%s) ORDER BY v.id
"""
PARTS = [VoteKind.AMENDMENT.value, VoteKind.PARAGRAPH.value]

Cast = tuple[str, int | None, str]  # by key and number of the actor, what it cast


class VotingBody(NamedTuple):
    """A body whose votes the library offers:
    how its symbols begin, what an X means in it, and its actor.
    """

    prefix: str
    slug: str
    name: str
    non_voting: Choice


ASSEMBLY = VotingBody(
    "A/", "united-nations-general-assembly", "the General Assembly", Choice.ABSENT
)
# in a body of fifteen who has no vote was there, and took no part
COUNCIL = VotingBody(
    "S/", "united-nations-security-council", "the Security Council", Choice.NOT_PARTICIPATING
)


@dataclass(slots=True)
class LibraryVote:
    """A vote as its first row tells it, which ballots it has, by their numbers,
    and the line of each.
    """

    said: tuple[str, ...]
    ballots: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("I"))
    # problem, remedy, what stands there: three for each
    wrong: list[str] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, str]:
        return dict(zip(SAID_OF_VOTE, self.said, strict=True))

    @property
    def symbol(self) -> str:
        """Return what was voted on: the text that was adopted, else the draft."""
        cells = self.cells
        return cells["resolution"].strip() or _listed(cells["draft"])

    def fault(self, problem: str, remedy: str, value: str = "") -> None:
        self.wrong += [problem, remedy, value]


def is_library(header: Iterable[str]) -> bool:
    """Tell a file of the library by its columns."""
    return {*map(heading, header)} >= KNOWN_BY


class LibraryVotes:
    """The votes of a file, each with its ballots, whichever rows have them."""

    header = HEADER

    def __init__(self, header: Sequence[str], rows: Iterable[Row]) -> None:
        """Read all rows; raise UnreadableError."""
        names = [*map(heading, header)]
        if missing := [name for name in NEEDED if name not in names]:
            raise UnreadableError(
                1, f"it lacks the columns {', '.join(missing)}", "download the file again"
            )
        of_council, of_assembly = (bool({*names} & own) for own in (OF_COUNCIL, OF_ASSEMBLY))
        self._body = None if of_council == of_assembly else COUNCIL if of_council else ASSEMBLY
        self._unread: list[Row] = []
        self._numbers: dict[tuple[str, ...], int] = {}
        self._votes: dict[str, LibraryVote] = {}
        places = [names.index(name) if name in names else None for name in SAID_OF_VOTE]
        of_ballot, of_vote = [names.index(name) for name in OF_BALLOT], names.index("undl_id")
        for row in rows:
            if row.unread or len(row.cells) != len(names):
                count = f"the row has {len(row.cells)} cells, the header {len(names)}"
                says = row.unread or [count, "quote cells that have commas in them"]
                self._unread.append(Row(row.line, [""] * len(HEADER), says))
                continue
            said = tuple("" if place is None else row.cells[place] for place in places)
            vote = self._votes.setdefault(row.cells[of_vote].strip(), LibraryVote(said))
            if vote.said != said and (name := _differs(vote.said, said)):
                vote.fault(
                    "the rows of a vote differ", "correct the row", f"{name}, line {row.line}"
                )
            vote.ballots.append(
                self._numbers.setdefault(
                    tuple(row.cells[place] for place in of_ballot), len(self._numbers)
                )
            )
            vote.lines.append(row.line)
        self._ballots = [
            tuple(normalize("NFC", unguarded(cell)).strip() for cell in key)
            for key in self._numbers
        ]
        self._called, self._members = (
            NameIndex(),
            dict[tuple[str, str, bool], tuple[str, int | None]](),
        )

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can't be read, then one for each vote;
        a statement or two for each CHUNK of them.
        """
        yield from self._unread
        for chunk in chunked(self._votes.items(), CHUNK):
            by_body: dict[VotingBody | None, list[tuple[str, LibraryVote]]] = defaultdict(list)
            for number, vote in chunk:
                by_body[self._body_of(vote)].append((number, vote))
            for body, votes in by_body.items():
                here = _here(body, votes) if body else {}
                for number, vote in votes:
                    yield self._row(number, vote, body, here.get(number, []))

    def _body_of(self, vote: LibraryVote) -> VotingBody | None:
        """Return whose vote it is, by its symbol; complain if the file is of another."""
        symbol = vote.symbol
        body = next((body for body in (ASSEMBLY, COUNCIL) if symbol.startswith(body.prefix)), None)
        if body is None:
            vote.fault(
                "its symbol is of neither body of which the library has votes",
                "write A/… or S/…",
                symbol,
            )
            return None
        self._body = self._body or body
        if body is not self._body:
            says = f"it is a vote of {body.name}, and the file is of {self._body.name}"
            vote.fault(says, "import the votes of each body as a file of their own", symbol)
        return body

    def _row(
        self, number: str, vote: LibraryVote, body: VotingBody | None, here: Sequence[Vote]
    ) -> Row:
        """Return the row of a vote: its values are those of an entry."""
        cells = {
            name: " ".join(normalize("NFC", unguarded(cell)).split())
            for name, cell in vote.cells.items()
        }
        cast = [self._ballots[ballot] for ballot in vote.ballots]
        lines: Sequence[int] = vote.lines
        totals = _totals(vote, cells)
        _check_sum(vote, totals)
        choices = [CAST.get(choice.upper(), choice) for _, _, choice in cast]
        voted = any(choice in VOTED for choice in choices)
        without_vote = _is_without_vote(cells, totals, voted=voted)
        is_whole = totals.get("total_ms") == len(cast)
        if without_vote or not voted:  # all members have an X then, whether they were there or not
            cast, choices, lines = [], [], []
        elif is_whole:
            _check_counts(vote, totals, choices)
        is_early, by_member = cells["date"] < SEATED, dict[str, tuple[int, Cast]]()
        for (code, name, _), choice, line in zip(cast, choices, lines, strict=True):
            key, actor = self._member(code, name, is_early)
            written = body.non_voting if body and choice is Choice.ABSENT else choice
            first, _ = by_member.setdefault(key, (line, (key, actor, written)))
            if first != line:
                both = f"{name or code}, lines {first} and {line}"
                vote.fault("two rows are of one member", "keep one of them", both)
        ballots = [ballot for _, ballot in by_member.values()]
        lines = array("I", (line for line, _ in by_member.values()))
        values = _values(cells, totals, body, without_vote=without_vote)
        values["ref"] = f"undl-{number}"
        values["ballots_complete"] = without_vote or (is_whole and bool(ballots))
        if len(here) > 1:
            which = ", ".join(f"vote {vote.pk}" for vote in here)
            vote.fault(
                "several votes here have its symbol",
                f"give one of them the ref {values['ref']}",
                which,
            )
        elif here:
            values, ballots, lines = _completed(vote, here[0], values, ballots, lines)
        if ballots:
            values["ballots+"] = [
                {"actor": key, "choice": str(choice)} for key, _, choice in ballots
            ]
        # what counts can't be right is told, and not once more by the rules of a vote
        if vote.wrong:
            values = {name: value for name, value in values.items() if name not in TALLY.values()}
        if values.keys() - {"id"}:
            values["citations+"] = [
                {"source": SOURCE["ref"], "locator": cells["undl_link"] or number}
            ]
        shown = [_shown(values.get(name)) for name in HEADER]
        return Row(vote.lines[0], shown, vote.wrong, values, lines)

    def _member(self, code: str, name: str, is_early: bool) -> tuple[str, int | None]:
        """Return the key of a member and its number, if it is here;
        found by its code, else by its name.
        """
        key = (code, name, is_early)
        if key not in self._members:
            was = BEFORE.get(code) if is_early else None
            code = was or CONTINUES.get(code, code)
            found = meant(code, self._called) or ([] if was else meant(name, self._called))
            only = found[0] if len(found) == 1 else None
            slug = Actor.objects.values_list("slug", flat=True).get(pk=only) if only else ""
            self._members[key] = (
                slug or (code if code in countries.countries() else name or code),
                only,
            )
        return self._members[key]


def _listed(cell: str) -> str:
    """Return the symbols of a cell, which has bars between them."""
    return "; ".join(filter(None, map(str.strip, cell.split("|"))))[:LONGEST_SYMBOL]


def _differs(said: Sequence[str], other: Sequence[str]) -> str:
    """Return the first column that tells the vote otherwise;
    that of a member's note does from row to row.
    """
    both = zip(SAID_OF_VOTE, said, other, strict=True)
    return next(
        (name for name, value, another in both if value != another and name != "vote_note"), ""
    )


def _here(body: VotingBody, votes: Sequence[tuple[str, LibraryVote]]) -> dict[str, list[Vote]]:
    """Return which votes here each of these is, with their ballots; four statements."""
    decides = Actor.objects.filter(slug=body.slug).values_list("pk", flat=True).first()
    by_symbol: dict[str, list[int]] = defaultdict(list)
    for symbol, pk in rows_of(HERE, [[vote.symbol for _, vote in votes], decides, PARTS]):
        by_symbol[symbol].append(pk)
    refs = {f"undl-{number}": number for number, _ in votes}
    by_ref = dict(Vote.objects.filter(ref__in=refs).values_list("ref", "pk"))
    known: dict[int, Any] = Vote.objects.in_bulk(
        [*by_ref.values(), *(pk for pks in by_symbol.values() for pk in pks)]
    )
    ballots: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, actor, choice in Ballot.objects.filter(vote__in=known).values_list(
        "vote", "actor", "choice"
    ):
        ballots[pk][actor] = choice
    found = {}
    for number, vote in votes:
        pks = [by_ref[f"undl-{number}"]] if f"undl-{number}" in by_ref else by_symbol[vote.symbol]
        for pk in pks:
            known[pk].cast = ballots[pk]
        found[number] = [known[pk] for pk in dict.fromkeys(pks)]
    return found


def _totals(vote: LibraryVote, cells: Mapping[str, str]) -> dict[str, int]:
    """Return the totals that are told, and complain of what is no number."""
    totals = {}
    for name in (*TOTALS.values(), "total_ms"):
        if written := cells[name]:
            if A_TOTAL.fullmatch(written):
                totals[name] = int(written.partition(".")[0])
            else:
                vote.fault(f"{name} is no number of members", "write digits only", written)
    return totals


def _is_without_vote(cells: Mapping[str, str], totals: Mapping[str, int], *, voted: bool) -> bool:
    """Tell adoption without a vote:
    by what is said of it, else since nobody is told or counted to have voted.
    """
    if re.search(
        r"\bwithout (a )?vote\b", f"{cells['modality']} {cells['vote_note']}", re.IGNORECASE
    ):
        return True
    counted = [totals.get(TOTALS[choice], 0) for choice in VOTED]
    return not voted and not any(counted) and bool(ADOPTED.match(cells["resolution"]))


def _check_sum(vote: LibraryVote, totals: Mapping[str, int]) -> None:
    parts = [totals[name] for name in TOTALS.values() if name in totals]
    whole = totals.get("total_ms")
    if len(parts) == len(TOTALS) and whole is not None and sum(parts) not in (whole, 0):
        value = f"{' + '.join(map(str, parts))}, total_ms {whole}"
        vote.fault(
            "its totals don't add up to its members", "correct what is wrong among them", value
        )


def in_brackets(description: str) -> str:
    """Return what a vote was about, as the library writes it between brackets;
    "" if there are none.
    """
    _, _, rest = description.partition("[")
    about, _, _ = rest.rpartition("]")
    return about.removeprefix("on ").removeprefix("concerning ")


def _check_counts(vote: LibraryVote, totals: Mapping[str, int], choices: Sequence[str]) -> None:
    """Compare totals with the rows, where all members have one."""
    cast = Counter(choices)
    for choice, name in TOTALS.items():
        if name in totals and cast[choice] != totals[name]:
            value = f"{name} {totals[name]}, rows {cast[choice]}"
            vote.fault(
                "its rows don't add up to its totals", "correct the ballot or the total", value
            )


def _values(
    cells: Mapping[str, str],
    totals: Mapping[str, int],
    body: VotingBody | None,
    *,
    without_vote: bool,
) -> dict[str, Any]:
    """Return what a file says of a vote apart from its ballots."""
    symbol, draft = cells["resolution"], _listed(cells["draft"])
    session = re.fullmatch(r"([0-9]{1,3})(\.0+)?", cells["session"])
    is_adopted = bool(ADOPTED.match(symbol))
    title = in_brackets(cells["description"])
    if not title:
        # A run of white space would be tried from each of its characters.
        title = OF_RESOLUTION.sub("", " ".join((cells["title"] or cells["description"]).split()))
    values: dict[str, Any] = {
        "body": body.slug if body else "",
        "symbol": symbol or draft,
        "draft_symbol": draft if symbol else "",
        "title": shorten(title, LONGEST_TITLE, placeholder=" …"),
        "held": cells["date"],
        "session": int(session[1]) if session and int(session[1]) else None,
        "meeting_record": _listed(cells["meeting"]),
        "kind": str(VoteKind.RESOLUTION if is_adopted else VoteKind.DRAFT),
        "outcome": str(VoteOutcome.ADOPTED if is_adopted else VoteOutcome.NOT_KNOWN),
        "without_vote": without_vote,
    }
    if not without_vote and all(TOTALS[choice] in totals for choice in VOTED):
        values |= {TALLY[choice]: totals[TOTALS[choice]] for choice in VOTED}
        if body is ASSEMBLY and TOTALS[Choice.ABSENT] in totals:
            values[TALLY[Choice.ABSENT]] = totals[TOTALS[Choice.ABSENT]]
    return values


def _completed(
    vote: LibraryVote, here: Any, values: dict[str, Any], ballots: list[Cast], lines: Sequence[int]
) -> tuple[dict[str, Any], list[Cast], Sequence[int]]:
    """Return what a file adds to a vote that is here; complain of what it says otherwise."""
    if here.held_earliest and not str(here.held_earliest) <= values["held"] <= str(
        here.held_latest
    ):
        says = "a vote on this symbol is here, of another day"
        vote.fault(
            says,
            f"correct the date, or that of vote {here.pk}",
            f"{values['held']}, here {here.held}",
        )
    missing, missing_lines, others = [], array("I"), []
    for (key, actor, choice), line in zip(ballots, lines, strict=True):
        was = here.cast.get(actor)
        if was is None:
            missing.append((key, actor, choice))
            missing_lines.append(line)
        elif was != choice and {was, choice} != {Choice.ABSENT, Choice.NOT_PARTICIPATING}:
            others.append(f"{key} {choice}, here {was} (line {line})")
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        says = "a vote on this symbol is here, with other ballots"
        vote.fault(
            says, f"correct the ballot, or that of vote {here.pk}", f"{'; '.join(others[:3])}{more}"
        )
    if values["without_vote"] and (here.cast or here.tally_yes is not None):
        says = (
            "it is told as adopted without a vote, and the vote on this symbol that is here has "
            "ballots or a count"
        )
        vote.fault(says, f"correct the row, or vote {here.pk}", values["symbol"])
    adds: dict[str, Any] = {"id": here.pk}
    for name in ("draft_symbol", "title", "session", "meeting_record"):
        if values[name] and not getattr(here, name):
            adds[name] = values[name]
    counted = {name: values[name] for name in TALLY.values() if name in values}
    adds |= {name: value for name, value in counted.items() if getattr(here, name) is None}
    if other := [
        name for name, value in counted.items() if getattr(here, name) not in (None, value)
    ]:
        value = ", ".join(f"{name} {counted[name]}, here {getattr(here, name)}" for name in other)
        vote.fault(
            "a vote on this symbol is here, with another tally",
            f"correct it, or vote {here.pk}",
            value,
        )
    if here.outcome == VoteOutcome.NOT_KNOWN and values["outcome"] != VoteOutcome.NOT_KNOWN:
        adds["outcome"] = values["outcome"]
    adds |= {
        name: True
        for name in ("without_vote", "ballots_complete")
        if values[name] and not getattr(here, name)
    }
    return adds, missing, missing_lines


def _shown(value: Any) -> str:
    """Return a value as a cell has it."""
    if value is None or isinstance(value, str):
        return value or ""
    return write_json(value)
