"""Pictures for tests: of a few claims and of very many,
drawn from the bodies that tests of cards have.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.public.cards.documents import actor, alignment, context, issue, meeting, stance
from tracker.public.cards.chips import Nothing, chip, nothing
from tracker.public.cards.pictures.files import share
from tracker.public.cards.pictures.lanes import Claim, by_actor
from tracker.public.cards.pictures.matrix import Row, matrix
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.cards.pictures.timeline import WIDE, EditionMark, Shape, timeline
from tracker.values.nouns import Noun

PERIODS = [
    (None, None),
    ("2001", "2004-05"),
    ("2003-02-01", None),
    ("201X", None),
    ("2021", None),
    ("2018", "2019-03"),
]


def plate(**other: Any) -> Plate:
    fields = {
        "title": "Sanctions on Pyongyang",
        "finding": "Both support relief.",
        "on": date(2019, 6, 15),
        "publication": "Tracker of examples",
        "edition": 12,
        "published": date(2026, 11, 20),
        "sources": 3,
        "licence": "CC BY 4.0",
        "address": "https://tracker.example/issues/pyongyang/?on=2019-06-15&edition=12",
    }
    return Plate(**{**fields, **other})


def claims(many: int = 1, actors: Iterable[str] = ("China", "Russia"), **other: Any) -> list[Claim]:
    """Return `many` stances of every kind for each actor, and an alignment."""
    made: list[Claim] = [(Noun.ALIGNMENT, alignment(id=1, pattern="defers", since="2018"))]
    positions = (
        "strongly_opposes",
        "opposes",
        "neutral",
        "supports",
        "strongly_supports",
        "silent",
        "no_evidence",
    )
    for number in range(many):
        for name in actors:
            since, until = PERIODS[number % len(PERIODS)]
            fields = {
                "id": len(made) + 1,
                "actor": actor(name),
                "since": since,
                "until": until,
                "position": positions[number % len(positions)],
                "hedged": number % 3 == 0,
                "standing": "contested" if number % 4 == 0 else "accepted",
                "standing_note": "Others say otherwise.",
                "confirmed_on": None if number % 5 == 0 else "2019-03-01",
            }
            made.append((Noun.STANCE, stance(**{**fields, **other})))
    return made


def meetings(many: int = 3) -> list[Claim]:
    states = ("held", "planned", "cancelled", "expected")
    return [
        (
            Noun.MEETING,
            meeting(id=number, status=states[number % 4], since=f"20{number % 20:02}-05"),
        )
        for number in range(many)
    ]


def a_timeline(drawn: list[Claim], *, met: int = 3, shape: Shape = WIDE, **other: Any) -> Picture:
    """Draw a timeline with three editions below."""
    editions = [
        EditionMark(number, date(2019, 1 + number % 5, 2), f"/editions/{number}/")
        for number in range(1, 4)
    ]
    return timeline(
        plate(**other), by_actor(drawn, context()), meetings(met), editions, context(), shape
    )


def a_matrix(rows: int = 3, columns: int = 3, **other: Any) -> Picture:
    """Draw a matrix with every kind of chip."""
    cells_of_chips = [[chip(noun, body, context())] for noun, body in claims(6)]
    cells_of_chips += [[nothing(kind)] for kind in Nothing]
    cells = [
        [cells_of_chips[(row + column) % len(cells_of_chips)] for column in range(columns)]
        for row in range(rows)
    ]
    of = [
        Row(issue("a", f"Issue {row}")["name"], row % 3, "/issues/a/", those)
        for row, those in enumerate(cells)
    ]
    return matrix(plate(**other), [f"Actor {number}" for number in range(columns)], of)


def a_share(**other: Any) -> Picture:
    """Draw a share card with the chip of a claim."""
    noun, body = claims(1)[1]
    return share(plate(**other), chip(noun, body, context()))


def digest() -> str:
    """Return a digest of one picture of each kind."""
    drawn = (a_timeline(claims(6)), a_matrix(), a_share())
    return hashlib.sha256(b"".join(picture.alone for picture in drawn)).hexdigest()
