"""Chips at the desk: what readers see of a claim or a meeting at a glance, here of records, published or not."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import body_of
from tracker.models.nouns import noun_of
from tracker.public.cards.chips import Chip, chip, of_term, status
from tracker.public.cards.context import Body, Context
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Pattern, Position

CODED: dict[str, type[Position] | type[Pattern]] = {"position": Position, "pattern": Pattern}


def chip_of(record: Any, *, on: date | None = None, href: str = "") -> Chip:
    """Return the chip of a claim or a meeting as of a day, today by default; of a stance, `defers_to` is loaded."""
    noun = noun_of(record)
    context = Context(on=on or timezone.localdate(), stale_after=settings.STALE_AFTER, address=lambda *_: href)
    body = _body(record)
    return status(body, context) if noun is Noun.MEETING else chip(noun, body, context)


def term_chip(field: str, value: Any) -> SafeString | None:
    """Return the chip of a position or a pattern by itself; None for what is neither."""
    terms = CODED.get(field)
    return of_term(terms(value)).html if terms and value in terms else None


def _body(record: Any) -> Body:
    """Return what a chip shows of a record; the ends of a relation stand beside it at the desk."""
    body = body_of(record)
    body.pop("counterpart", None)
    if checked := body.get("confirmed_on"):
        body["confirmed_on"] = checked.isoformat()
    for end in ("since", "until"):
        if body[end]:
            body[end] |= {bound: getattr(record, f"{end}_{bound}").isoformat() for bound in ("earliest", "latest")}
    return body
