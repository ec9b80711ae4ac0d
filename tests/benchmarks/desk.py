"""A desk to measure with, made from a seed: what its tables hold, row by row, in the order of COPY.

200 issues, or as many as are asked for, in a tree of four levels, the two lower ones with a
question; 300 actors of all kinds, the first of which is China, named by a third of all stances (as
the actor, or as the one that others give way to); sources; stances with one to three citations. An
actor's stances on one issue follow each other from quarter to quarter, so that no two of them are
accepted on one day. Numbers of stances are shuffled: neighbours in time are not neighbours on disk.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

import pycountry

from tests.benchmarks import texts
from tracker.values.vocabularies import Instrument, Outlet, Region, Theme

ISSUES, WIDER = 200, (4, 16)  # in all, and in the two upper levels
KINDS = {"state": 150, "organization": 60, "bloc": 20, "person": 50, "armed_group": 20}
CHINA = 1
FIRST_YEAR, QUARTERS = 1986, 160
POSITIONS = {
    "strongly_opposes": 10,
    "opposes": 20,
    "neutral": 15,
    "supports": 30,
    "strongly_supports": 15,
    "silent": 6,
    "no_evidence": 4,
}
BASES = {"statement": 45, "action": 35, "inference": 16, "forecast": 4}
Row = tuple[Any, ...]


class Period(NamedTuple):
    """Who holds a position on what, from one quarter up to, not including, another; None:
    not ended.
    """

    actor: int
    issue: int
    first: int
    until: int | None


def issues(random: Random, size: int) -> Iterator[Row]:
    """Yield id, ref, slug, title, question, summary, parent, themes and region of every issue,
    parents first.
    """
    number, above, lower = 0, [None], size - sum(WIDER)
    for level, width in enumerate((*WIDER, lower // 3, lower - lower // 3)):
        here = range(number + 1, number + width + 1)
        for place, number in enumerate(here):
            name = f"{random.choice(texts.MATTERS).capitalize()} in {random.choice(texts.PLACES)}"
            question = f"Should {name.lower()} be left to those concerned?" if level > 1 else ""
            themes = random.sample(Theme.values, random.randint(1, 3))
            key = texts.slug(name, number)
            parent = above[place % len(above)]
            yield (
                number,
                f"issue-{key}",
                key,
                name,
                question,
                texts.summary(random),
                parent,
                themes,
                _region(random),
            )
        above = list(here)


def actors(random: Random) -> Iterator[Row]:
    """Yield id, ref, slug, kind, name, short_name, names, aliases,
    summary and iso3 of every actor.
    """
    countries = sorted(
        pycountry.countries, key=lambda country: (country.alpha_3 != "CHN", country.alpha_3)
    )
    number = 0
    for kind, size in KINDS.items():
        for place in range(size):
            number += 1
            country = countries[place] if kind == "state" else None
            name = (
                country.name
                if country
                else f"{random.choice(texts.PLACES)} {random.choice(texts.BODIES)} {number}"
            )
            key = texts.slug(name, number)
            names = json.dumps(
                {"ru": f"Имя {name[:20]}", "zh": "名称"} if number < 40 else {}, ensure_ascii=False
            )
            code = country.alpha_3 if country else None
            yield (
                number,
                f"actor-{key}",
                key,
                kind,
                name,
                name[:20],
                names,
                [],
                texts.summary(random),
                code,
            )


def sources(random: Random, count: int) -> Iterator[Row]:
    """Yield id, ref, type, title, authors, publisher, issued, url,
    language and outlet of every source.
    """
    for number in range(1, count + 1):
        authors = json.dumps([{"family": random.choice(texts.FAMILIES), "given": "Ann"}])
        issued = _day(date(random.randint(1990, 2025), 1, 1), random.randint(0, 364))
        url = f"https://example.org/{number}/{texts.slug(random.choice(texts.MATTERS), number)}"
        publisher = f"{random.choice(texts.PLACES)} Institute"
        outlet = random.choice(Outlet.values)
        yield (
            number,
            f"source-{number}",
            "webpage",
            texts.title(random),
            authors,
            publisher,
            issued,
            url,
            "en",
            outlet,
        )


def periods(random: Random, number: int, issues: int) -> list[Period]:
    """Return `number` periods in any order; those of one actor and issue do not overlap."""
    asked = range(sum(WIDER) + 1, issues + 1)
    pairs = [(actor, issue) for actor in range(1, sum(KINDS.values()) + 1) for issue in asked]
    weights = list(
        accumulate(
            (4 if actor < 20 else 1) * (2 if issue % 9 == 0 else 1) for actor, issue in pairs
        )
    )
    sizes: dict[tuple[int, int], int] = dict.fromkeys(pairs, 0)
    wanted = number
    while wanted:
        for pair in random.choices(pairs, cum_weights=weights, k=wanted):
            if sizes[pair] < QUARTERS:
                sizes[pair] += 1
                wanted -= 1
    drawn = []
    for (actor, issue), size in sizes.items():
        firsts = sorted(random.sample(range(QUARTERS), size))
        ends = [*firsts[1:], None]
        drawn += [
            Period(actor, issue, first, until) for first, until in zip(firsts, ends, strict=False)
        ]
    random.shuffle(drawn)
    return drawn


def stance(random: Random, number: int, period: Period) -> Row:
    """Return what `copying.STANCE` lists for one stance."""
    basis, contested = _weighted(random, BASES), random.random() < 0.08
    china_leads = period.actor != CHINA and random.random() < 0.31
    return (
        number,
        f"stance-{number}",
        period.actor,
        period.issue,
        _weighted(random, POSITIONS),
        _since(random, period.first),
        _until(random, period),
        basis,
        "likely" if basis == "forecast" else "",
        random.random() < 0.1,
        CHINA if china_leads else None,
        random.sample(Instrument.values, random.choice((0, 1, 1, 2))),
        random.choice(("low", "moderate", "moderate", "high")),
        "contested" if contested else "accepted",
        texts.sentence(random) if contested else "",
        texts.summary(random),
        _day(date(2026, 1, 1), random.randint(0, 300)) if random.random() < 0.7 else None,
    )


def citations(random: Random, number: int, sources: int) -> Iterator[Row]:
    """Yield what `copying.CITATION` lists for the one to three citations of a stance."""
    for place in range(random.choice((1, 1, 2, 3))):
        quote = texts.sentence(random) if random.random() < 0.3 else ""
        yield (
            number,
            random.randint(1, sources),
            "contradicts" if place == 2 else "supports",
            "section",
            f"{random.choice(texts.MATTERS).capitalize()}, paragraph {random.randint(1, 40)}",
            quote,
            "en" if quote else "",
            random.choice(("", "1", "2", "3")),
        )


def _begins(quarter: int) -> date:
    return date(FIRST_YEAR + quarter // 4, quarter % 4 * 3 + 1, 1)


def _since(random: Random, quarter: int) -> str:
    first = _begins(quarter)
    if quarter % 4 == 0 and random.random() < 0.3:
        return f"{first:%Y}"
    return f"{first:%Y-%m}" if random.random() < 0.4 else _day(first, random.randint(0, 27))


def _until(random: Random, period: Period) -> str:
    if period.until is None and random.random() < 0.6:
        return ""
    after = _begins(QUARTERS if period.until is None else period.until)
    return _day(after, -random.randint(1, 40))


def _day(start: date, days: int) -> str:
    return (start + timedelta(days)).isoformat()


def _region(random: Random) -> str:
    return random.choice(Region.values)


def _weighted(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights.values())[0]
