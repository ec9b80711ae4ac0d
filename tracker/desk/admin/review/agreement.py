"""How alike the two of an alignment vote as readers see it, for whoever codes or reviews it."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from tracker.public.cards.context import pair_address
from tracker.public.cards.pictures.agreement import Year, agreement
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.formats.releases.citation import TITLE, spdx
from tracker.public.read import agreement as read
from tracker.public.read.connection import read_primary
from tracker.public.read.editions import NOW, answering


class PairAgreement(NamedTuple):
    """How alike two actors vote, year by year, and where the page of the two is."""

    picture: Picture
    href: str


@read_primary()
def agreement_of(record: Any) -> PairAgreement | None:
    """Return how alike the two of an alignment vote by the latest edition; four statements.

    None for other records, or without years in which enough votes are compared. Intervals are left to the page of the
    two: drawing them takes longer than all else.
    """
    if not hasattr(record, "counterpart_id"):
        return None
    latest, now = answering(NOW), timezone.localdate()
    votes = read.framed_votes(latest.latest)
    two = list(read.actors([record.actor_id, record.counterpart_id], edition=latest.latest).values())
    if not votes.framed or len(two) < 2:
        return None
    href, names = pair_address(*(actor.slug for actor in two)), " and ".join(actor.name for actor in two)
    published = latest.published_at.date() if latest.published_at else now
    licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
    plate = Plate(f"How alike {names} vote", "", now, TITLE, latest.latest, published, 0, licence, href)
    counted = read.ballots(votes, [actor.record for actor in two], by="year", drop=True).pairs([(0, 1)])
    picture = agreement(plate, [Year.of(year.bucket, year.sums, None, f"{href}{year.bucket}/") for year in counted])
    return PairAgreement(picture, href) if picture else None
