"""How much actors agree in recorded votes, as pages show it:
over votes that a frame covers, year by year.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

from tracker.public.cards.context import Body, pair_address
from tracker.public.cards.pictures.agreement import Year, agreement, alike, in_words
from tracker.public.read import agreement as read
from tracker.public.site.dates import Dates
from tracker.public.site.page import Content, Page
from tracker.values.agreement import Sums
from tracker.values.days import period

MOST_ACTORS = 20  # actors of the table


def years_of(
    dates: Dates, actors: Sequence[tuple[int, Body]], where: str, only: int | None = None
) -> tuple[read.Votes, list[Year]]:
    """Return how much two actors agree in each year, over which votes;
    `where` is the address of the page about them.

    With `only` a year, no other has its interval.
    It takes a statement, and one more if there are frames.
    """
    votes = read.framed_votes(dates.edition)
    counted = (
        read.by_year(votes, [number for number, _ in actors], only=only) if votes.framed else []
    )
    return votes, [
        Year.of(year.bucket, year.sums, ends, f"{where}{year.bucket}/{dates.q}")
        for year, ends in counted
    ]


def agreed(dates: Dates, actors: Sequence[tuple[int, Body]], where: str, root: str) -> Content:
    """Return the picture of two actors over the years, if frames cover votes,
    and where its figures are.

    `where` is the address of the page about the two, on the site at `root`.
    It takes two statements, and one more if frames are of several bodies.
    """
    votes, years = years_of(dates, actors, where)
    bodies = {framed.body.record: framed.body for framed in votes.framed}
    by_body = (
        read.by_body_and_year(votes, [number for number, _ in actors]) if len(bodies) > 1 else {}
    )
    title = f"How alike {' and '.join(body['name'] for _, body in actors)} vote"
    return {
        "agreement": agreement(dates.plate(title, "", 0, f"{root}{where}{dates.frozen}"), years),
        "agreement_of": ",".join(body["slug"] for _, body in actors),
        "bodies": {body.slug: body.name for body in bodies.values()},
        "by_body": [
            (year, [counted.get(number) for number in bodies]) for year, counted in by_body.items()
        ],
        "of_body": [
            BodyAgreement.of(
                body, [counted[number] for counted in by_body.values() if number in counted]
            )
            for number, body in bodies.items()
        ]
        if by_body
        else [],
    }


class BodyAgreement(NamedTuple):
    """Two actors in all framed votes of one body: over how many, and over which years."""

    body: read.AgreementActor
    sums: Sums
    unanimous: int
    words: str
    years: str

    @classmethod
    def of(cls, body: read.AgreementActor, years: Sequence[read.PairCounts]) -> "BodyAgreement":
        """Add up years, of which the latest comes first."""
        sums = Sums(*map(sum, zip(Sums(), *(year.sums for year in years), strict=True)))
        compared = [str(year.bucket)[-4:] for year in years if year.sums.n]
        ends = "–".join(dict.fromkeys([compared[-1], compared[0]])) if compared else ""
        return cls(body, sums, sum(year.unanimous for year in years), in_words(alike(sums)), ends)


class PairCell(NamedTuple):
    """What two actors come to:
    in words, as a shade from 0 to 4, over how many votes, and where more is told.
    """

    words: str
    shade: int | None
    compared: int
    href: str


class AgreementPage(Page):
    """How much any two of the actors agree that cast most ballots."""

    template_name = "site/agreement.html"
    api = {
        "json": "/api/v1/agreement/?actors={keys}",
        "csv": "/api/v1/agreement.csv?actors={keys}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }
    title = "Agreement"
    description = "How alike any two actors vote, over recorded votes of which all are here."

    def look_up(self, **path: Any) -> None:
        self.votes = read.framed_votes(self.dates.edition)
        voters = read.voters(self.votes) if self.votes.framed else []
        self.has_more = len(voters) > MOST_ACTORS
        self.actors = [*read.actors(voters[:MOST_ACTORS], edition=self.dates.edition).values()]
        self.named = (
            {"keys": ",".join(actor.slug for actor in self.actors)}
            if len(self.actors) > 1
            else None
        )

    def content(self) -> Content:
        actors = self.actors
        numbers, pairs = [actor.record for actor in actors], [*combinations(range(len(actors)), 2)]
        counted = (
            read.ballots(self.votes, numbers, by="none", drop=True).pairs(pairs) if pairs else ()
        )
        cells = {(pair.first, pair.second): _cell(pair, actors, self.dates.q) for pair in counted}
        return {
            "frames": [
                (
                    framed.body,
                    period(framed.frame["since"], framed.frame["until"]),
                    ", ".join(framed.kinds),
                )
                for framed in self.votes.framed
            ],
            "actors": actors,
            "rows": [
                (
                    actor,
                    [
                        cells.get((min(row, column), max(row, column)))
                        for column in range(len(actors))
                    ],
                )
                for row, actor in enumerate(actors)
            ],
            "has_more": self.has_more,
            "most": MOST_ACTORS,
        }


def _cell(pair: read.PairCounts, actors: Sequence[read.AgreementActor], q: str) -> PairCell:
    address = pair_address(actors[pair.first].slug, actors[pair.second].slug)
    value = alike(pair.sums)
    shade = None if value is None else min(int(value * 5), 4)
    return PairCell(in_words(value), shade, pair.sums.n, f"{address}{q}#agreement")
