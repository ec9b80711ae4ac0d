"""What pictures of pages are made of: claims of any day, meetings, and the editions that changed something."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from tracker.cards.context import Context
from tracker.cards.pictures.lanes import Claim, Lane
from tracker.cards.pictures.plate import Picture, Plate
from tracker.cards.pictures.timeline import NARROW, WIDE, Edition, Shape, timeline
from tracker.publication.read import feed
from tracker.site.dates import Dates
from tracker.site.page import Content
from tracker.site.reading import context, found
from tracker.values.nouns import Noun

MOST = 200  # claims of each kind, meetings and editions that a picture is made of, unless it is of fewer


class Drawn(NamedTuple):
    """Claims of any day that are drawn, and to how many of each kind this was cut; 0: these are all."""

    claims: list[Claim]
    cut_to: int


def claims_of(dates: Dates, chosen: Mapping[Noun, Mapping[str, Any]], size: int = MOST) -> Drawn:
    """Return the latest claims that match what is chosen of each kind, contested ones too; a statement for each."""
    lists = [(noun, found(noun, dates, {**of, "standing": ["any"]}, size)) for noun, of in chosen.items()]
    claims = [(noun, body) for noun, several in lists for body in several.records]
    return Drawn(claims, size if any(several.has_more for _, several in lists) else 0)


def timeline_of(
    dates: Dates,
    drawn: Drawn,
    meetings: Mapping[str, Any],
    filters: feed.Filters,
    lanes: Callable[[Iterable[Claim], Context], list[Lane]],
) -> Content:
    """Return what draws a timeline, and on how many sources it rests, as a page's content has it.

    It takes a statement for the meetings and one for the editions.
    """
    met = found(Noun.MEETING, dates, meetings, MOST).records
    editions = [
        Edition(number, published_at.date(), f"/editions/{number}/{dates.q}")
        for number, published_at in feed.editions(edition=dates.edition, filters=filters, size=MOST)
    ]
    cited = {
        cited["source"]["id"] for body in (*(body for _, body in drawn.claims), *met) for cited in body["citations"]
    }
    about = context(dates)

    def draw(plate: Plate, shape: Shape = WIDE) -> Picture:
        return timeline(plate, lanes(drawn.claims, about), met, editions, about, shape)

    return {
        "draw": draw,
        "draw_narrow": lambda plate: draw(plate, NARROW),
        "sources": len(cited),
        "has_picture": bool(drawn.claims),
        "most_drawn": drawn.cut_to,
    }
