"""A desk to measure with, made from a seed and copied into the tables, with history like an import.

Issues stand in a tree of four levels, the two lower ones with a question. There are 300 actors of
all kinds; the first is China, named by a third of all stances. Stances have one to three citations.
An actor's stances on one issue follow each other from quarter to quarter, so that no two of them
are accepted on one day. Their numbers are shuffled: neighbours in time are none on disk.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import pycountry
from django.db import connection
from more_itertools import chunked

from tracker.history import changeset
from tracker.values.vocabularies import Channel, Instrument, Outlet, Region, Theme

ISSUES, UPPER_LEVELS = 200, (4, 16)
KINDS = {"state": 150, "organization": 60, "bloc": 20, "person": 50, "armed_group": 20}
SOURCES = 3_000
CHINA = 1
FIRST_YEAR, QUARTERS = 1986, 160
AT_ONCE = 20_000
POSITIONS = ["strongly_opposes", "opposes", "neutral", "supports", "strongly_supports", "silent"]
BASES = ["statement"] * 11 + ["action"] * 8 + ["forecast"]
PLACES = ("Amur", "Bering", "Caspian", "Ferghana", "Gobi", "Hormuz", "Juba", "Kara", "Mekong")
MATTERS = ("pipelines", "sanctions", "transfers", "ports", "railways", "borders", "payments")
PHRASES = (
    "repeated its call for talks without preconditions",
    "abstained when the council voted on the draft resolution",
    "rejected what it called interference in the internal affairs of a sovereign state",
    "welcomed the agreement and offered to host the next round",
    "joined the consensus after its amendment on paragraph four was taken up – “a balanced text”",
)
# What has a default in Django and none in PostgreSQL, alike in every row.
CONSTANTS: dict[str, dict[str, Any]] = {
    "issue": {"state": "editing", "settled": "", "settlement": "", "settlement_locator": ""},
    "actor": {"state": "editing", "since": "", "until": "", "wikidata_id": "", "aliases": "{}"},
    "source": {
        "state": "editing",
        "type": "webpage",
        "language": "en",
        "english_title": "",
        "container_title": "",
        "archive_url": "",
        "keywords": "{}",
        "reliability": "",
    },
    "stance": {"state": "editing"},
    "stancecitation": {"ends": False, "quote_language": "", "locator_label": "section"},
}
COLUMNS = {
    "issue": "id ref slug title question summary parent_id themes region",
    "actor": "id ref slug kind name short_name names summary iso3",
    "source": "id ref title authors publisher issued url outlet",
    "stance": (
        "id ref actor_id issue_id position since until basis likelihood hedged defers_to_id "
        "instruments confidence standing standing_note summary confirmed_on"
    ),
    "stancecitation": "stance_id source_id relation locator quote credibility",
}
Row = tuple[Any, ...]


class Period(NamedTuple):
    """Who holds a position on what, from one quarter up to, not including, another."""

    actor: int
    issue: int
    first: int
    until: int | None


def fill(stances: int, issues: int, seed: int) -> None:
    """Fill an empty desk with what belongs to a seed."""
    random = Random(seed)
    with changeset(made_by=None, reason="generated", channel=Channel.IMPORT):
        copy("issue", issue_rows(random, issues))
        copy("actor", actor_rows(random))
        copy("source", (source_row(random, number) for number in range(1, SOURCES + 1)))
    numbered = enumerate(periods(random, stances, issues), start=1)
    for chunk in chunked(numbered, AT_ONCE):
        with changeset(made_by=None, reason="generated", channel=Channel.IMPORT):
            copy("stance", (stance_row(random, number, period) for number, period in chunk))
            copy("stancecitation", citation_rows(random, [number for number, _ in chunk]))


def copy(noun: str, rows: Iterable[Row]) -> None:
    """Copy rows into the table of a noun."""
    constants = CONSTANTS[noun]
    names = ", ".join([*COLUMNS[noun].split(), *constants])
    statement = f"COPY tracker_{noun} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row([*row, *constants.values()])


def issue_rows(random: Random, count: int) -> Iterator[Row]:
    lower = count - sum(UPPER_LEVELS)
    number = 0
    parents: list[int | None] = [None]
    for level, width in enumerate((*UPPER_LEVELS, lower // 3, lower - lower // 3)):
        numbers = list(range(number + 1, number + width + 1))
        for place, number in enumerate(numbers):
            title = f"{random.choice(MATTERS).capitalize()} in {random.choice(PLACES)}"
            question = f"Should {title.lower()} be left to those concerned?" if level > 1 else ""
            slug, parent = f"issue-{number}", parents[place % len(parents)]
            themes, region = [random.choice(Theme.values)], random.choice(Region.values)
            summary = sentences(random)
            yield number, slug, slug, title, question, summary, parent, themes, region
        parents = [*numbers]


def actor_rows(random: Random) -> Iterator[Row]:
    countries = sorted(pycountry.countries, key=lambda country: country.alpha_3 != "CHN")
    number = 0
    for kind, count in KINDS.items():
        for place in range(count):
            number += 1
            country = countries[place] if kind == "state" else None
            name = country.name if country else f"{random.choice(PLACES)} Council {number}"
            slug, code = f"actor-{number}", country.alpha_3 if country else None
            yield number, slug, slug, kind, name, name[:20], "{}", sentences(random), code


def source_row(random: Random, number: int) -> Row:
    title = f"{random.choice(MATTERS).capitalize()}: who {random.choice(PHRASES)}"
    issued = day(date(random.randint(1990, 2025), 1, 1), random.randint(0, 364))
    url, outlet = f"https://example.org/{number}", random.choice(Outlet.values)
    authors = '[{"family": "Stokes", "given": "Ann"}]'
    return number, f"source-{number}", title, authors, "Institute", issued, url, outlet


def periods(random: Random, count: int, issues: int) -> list[Period]:
    """Return periods in any order; those of one actor and issue do not overlap."""
    asked = range(sum(UPPER_LEVELS) + 1, issues + 1)
    pairs = [(actor, issue) for actor in range(1, sum(KINDS.values()) + 1) for issue in asked]
    weights = [4 if actor < 20 else 1 for actor, _ in pairs]
    firsts_by_pair: dict[tuple[int, int], set[int]] = {}
    drawn = 0
    while drawn < count:
        for pair in random.choices(pairs, weights, k=count - drawn):
            firsts = firsts_by_pair.setdefault(pair, set())
            first = random.randrange(QUARTERS)
            drawn += first not in firsts
            firsts.add(first)
    found = []
    for (actor, issue), firsts in firsts_by_pair.items():
        ordered = sorted(firsts)
        for first, until in zip(ordered, [*ordered[1:], None], strict=True):
            found.append(Period(actor, issue, first, until))
    random.shuffle(found)
    return found


def stance_row(random: Random, number: int, period: Period) -> Row:
    basis, is_contested = random.choice(BASES), random.random() < 0.08
    china_leads = period.actor != CHINA and random.random() < 0.31
    begin, end = quarter(period.first), quarter(period.until or QUARTERS)
    is_open = period.until is None and random.random() < 0.6
    return (
        number,
        f"stance-{number}",
        period.actor,
        period.issue,
        random.choice(POSITIONS),
        f"{begin:%Y-%m}" if random.random() < 0.4 else day(begin, random.randint(0, 27)),
        "" if is_open else day(end, -random.randint(1, 40)),
        basis,
        "likely" if basis == "forecast" else "",
        random.random() < 0.1,
        CHINA if china_leads else None,
        random.sample(Instrument.values, random.choice((0, 1, 2))),
        random.choice(("low", "moderate", "high")),
        "contested" if is_contested else "accepted",
        "Another source says otherwise." if is_contested else "",
        sentences(random),
        day(date(2026, 1, 1), random.randint(0, 300)),
    )


def citation_rows(random: Random, stances: list[int]) -> Iterator[Row]:
    for stance in stances:
        for place in range(random.choice((1, 1, 2, 3))):
            relation = "contradicts" if place == 2 else "supports"
            locator = f"Paragraph {random.randint(1, 40)}"
            yield stance, random.randint(1, SOURCES), relation, locator, "", "2"


def sentences(random: Random) -> str:
    """Return one to four sentences of some 90 letters."""
    return " ".join(
        f"On {random.choice(MATTERS)} along the {random.choice(PLACES)} it "
        f"{random.choice(PHRASES)}."
        for _ in range(random.choice((1, 1, 2, 2, 3, 4)))
    )


def quarter(number: int) -> date:
    return date(FIRST_YEAR + number // 4, number % 4 * 3 + 1, 1)


def day(start: date, days: int) -> str:
    return (start + timedelta(days)).isoformat()
