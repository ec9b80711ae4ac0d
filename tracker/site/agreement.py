"""How much actors agree in recorded votes, as pages show it: over votes that a frame covers, year by year."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from django.conf import settings

from tracker.cards.pictures.agreement import Year, agreement
from tracker.cards.pictures.plate import Plate
from tracker.formats.releases.citation import TITLE, spdx
from tracker.publication.read import agreement as read
from tracker.schema.agreement import FEW
from tracker.site.dates import Dates
from tracker.site.page import Content, Contents, Page
from tracker.site.reading import Body
from tracker.values.agreement import mean
from tracker.values.days import period

MOST = 20  # actors of the table


def framed_votes(dates: Dates) -> read.Votes:
    """Return what frames cover, of all bodies, as usual without amendments and paragraphs; one statement."""
    framed = [one for body in read.bodies([], edition=dates.edition) for one in read.framed(body)]
    return read.Votes(framed, {}, dates.edition)


def voters(votes: read.Votes) -> list[read.Actor]:
    """Return who cast a ballot in votes, by slug; two statements if there are frames."""
    return [*read.actors(read.voters(votes), edition=votes.edition).values()] if votes.framed else []


def agreed(dates: Dates, actors: Sequence[tuple[int, Body]], where: str) -> Content:
    """Return the picture of two actors over the years, if frames cover votes, and where its figures are.

    `where` is the address of the page. It takes a statement, and one more if there are frames.
    """
    votes, of = framed_votes(dates), [number for number, _ in actors]
    if not votes.framed:
        return {}
    keys = ",".join(body["slug"] for _, body in actors)
    kinds = ",".join(dict.fromkeys(kind for one in votes.framed for kind in one.kinds))
    listed = f"/api/v1/votes.csv?in_frame=true&kind={kinds}&differs={keys}&unanimous=false&edition={dates.edition}"
    years = [
        Year(
            int(one.bucket),
            one.sums.n,
            float(mean(one.sums)) if one.sums.n >= FEW else None,
            f"{listed}&year={one.bucket}",
        )
        for one in read.ballots(votes, of, by="year", drop=True).pairs([(0, 1)])
    ]
    told = [one for one in years if one.value is not None]
    if not told:
        return {}
    most, least = (choose(told, key=lambda one: one.value or 0) for choose in (max, min))
    called = " and ".join(body["name"] for _, body in actors)
    says = f"Most in {most.year} ({most.value:.2f}), least in {least.year} ({least.value:.2f}). 1 is always alike."
    published = dates.published_at.date() if dates.published_at else dates.on
    licence, address = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE, f"{where}{dates.frozen}"
    shown = Plate(f"How alike {called} vote", says, dates.on, TITLE, dates.edition, published, 0, licence, address)
    return {
        "agreement": agreement(shown, years),
        "agreement_of": keys,
        "bodies": {one.body.slug: one.body.name for one in votes.framed},
    }


class PairCell(NamedTuple):
    """What two actors come to: in words, as a shade from 0 to 4, over how many votes, and where more is told."""

    words: str
    shade: int | None
    compared: int
    href: str


class AgreementPage(Page):
    """How much each two of the actors agree that cast most ballots."""

    template_name = "site/agreement.html"
    title = "Agreement"
    description = "How alike each two actors vote, over recorded votes of which all are here."
    api = {
        "json": "/api/v1/agreement/?actors={keys}",
        "csv": "/api/v1/agreement.csv?actors={keys}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }

    def named(self, dates: Dates, values: Mapping[str, Any], path: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return _named(voters(framed_votes(dates)))

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        votes = framed_votes(dates)
        of = voters(votes)
        shown = of[:MOST]
        ballots = read.ballots(votes, [one.record for one in shown], by="none", drop=True) if len(shown) > 1 else None
        counted = ballots.pairs([*combinations(range(len(shown)), 2)]) if ballots else ()
        cells = {(one.first, one.second): _cell(one, shown, dates.q) for one in counted}
        yield {
            "frames": [
                (one.body, period(one.frame["since"], one.frame["until"]), ", ".join(one.kinds)) for one in votes.framed
            ],
            "actors": shown,
            "rows": [
                (one, [cells.get((min(row, column), max(row, column))) for column in range(len(shown))])
                for row, one in enumerate(shown)
            ],
            "named": _named(of),
            "has_more": len(of) > MOST,
            "most": MOST,
        }


def _named(actors: Sequence[read.Actor]) -> Mapping[str, str] | None:
    """Return what the addresses of the table's files are made of; None if no two are shown."""
    return {"keys": ",".join(one.slug for one in actors[:MOST])} if len(actors) > 1 else None


def _cell(one: read.Counted, actors: Sequence[read.Actor], q: str) -> PairCell:
    first, second = sorted((actors[one.first].slug, actors[one.second].slug))
    value = mean(one.sums)
    is_told = one.sums.n >= FEW and isinstance(value, float)
    words, shade = (f"{value:.2f}", min(int(value * 5), 4)) if is_told else ("too few", None)
    return PairCell(words, shade, one.sums.n, f"/pairs/{first}/{second}/{q}#agreement")
