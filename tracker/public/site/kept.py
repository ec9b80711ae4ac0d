"""Cards as HTML, kept in each process from one page to the next:
most outlive many editions, and all outlive a day.

Nothing is ever invalidated, since the key names all that a card shows: the very text of its record
and of the sources that it cites, how many are independent, how old it is on the day (the day
itself, where that is told), whether question and actors stand beside it, what is asked and when it
was settled, what took which claim's place, and who the voters are, and what happened on its issue
since it was checked. Links get the dates of the page when a card is given. All texts come from the
publication, by the reader's role, so everybody may read what is kept; the desk makes the cards of
its drafts itself.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from tracker.public.cards.age import (
    Age,
    age,
    is_past_forecast,
    is_unresolved,
    later_event,
    resolution_of,
)
from tracker.public.cards.cards import SENTENCES, Card
from tracker.public.cards.chips import chip
from tracker.public.cards.claim_sentences import is_about_actors
from tracker.public.cards.context import Body, Context
from tracker.public.cards.evidence import of_claim
from tracker.public.cards.record_sentences import is_overdue
from tracker.public.http.caching import BoundedCache
from tracker.public.site.dates import replaced
from tracker.schema.parts import address
from tracker.schema.records import CLAIMS, NOUNS, OCCURRENCES, read_body
from tracker.values.nouns import Noun

MOST_BYTES = 64 * 1024 * 1024  # bytes in each process: 25,000 cards
OVERHEAD = 600  # bytes of a card beside its HTML: a key with three digests, and its place
# Where the dates of links within the site go, and those of links to the API, which know no day:
# PostgreSQL has no NUL.
DATES, API_DATES = "\0", "\0\0"


class Document(Body):
    """A record of an edition, brought up to its shape;
    `digest` is of its text, as it was published.
    """

    def __init__(self, noun: Noun, text: str | bytes) -> None:
        super().__init__(read_body(noun, text))
        self.text = text

    @cached_property
    def digest(self) -> bytes:
        return blake2b(
            self.text.encode() if isinstance(self.text, str) else self.text, digest_size=16
        ).digest()


@dataclass(frozen=True, slots=True)
class PageContext(Context):
    """What is known on a page, whose links have the dates `q`, a query string."""

    sources: dict[int, Document] = field(default_factory=dict)
    q: str = ""


def page_of(noun: Noun, key: str | int, q: str = "") -> str:
    """Return the address of the page about a record;
    of a noun without pages, of its JSON, which knows no day.
    """
    if NOUNS[noun].has_pages:
        return f"/{noun.plural}/{key}/{q}"
    return address(noun, key) + (
        API_DATES if q == DATES else replaced(QueryDict(q[1:]), "on", None)
    )


class Form(Enum):
    """What is kept of a record, each with what makes it."""

    CARD = "card"
    LINE = "line"


CARDS = BoundedCache[Hashable, bytes](MOST_BYTES)


def html_of(noun: Noun, body: Body, context: PageContext, form: Form = Form.CARD) -> SafeString:
    """Return the card of a claim, a meeting, an act or a vote, or its chip and sentence in a line,
    as HTML.
    """
    if not isinstance(body, Document):  # not as it was published
        return SafeString(_made(noun, body, context, form))
    key = (form, noun, *_shown(noun, body, context))
    kept = CARDS.get(key)
    if kept is None:
        kept = _made(noun, body, replace(context, address=_undated), form).encode()
        CARDS.keep(key, kept, len(kept) + OVERHEAD)
    html = kept.decode()
    if API_DATES in html:
        html = html.replace(API_DATES, escape(replaced(QueryDict(context.q[1:]), "on", None)))
    return SafeString(html.replace(DATES, escape(context.q)))


def _undated(noun: Noun, key: str | int) -> str:
    return page_of(noun, key, DATES)


def _made(noun: Noun, body: Body, context: Context, form: Form) -> str:
    if form is Form.CARD:
        return Card(noun, body, context).html
    return f"{chip(noun, body, context).html} {SENTENCES[noun](body, context).html}"


def _shown(noun: Noun, body: Document, context: PageContext) -> tuple[Hashable, ...]:
    """Return all that the card of a record shows, but for the dates in its links."""
    sources = [context.sources.get(citation["source"]["id"]) for citation in body["citations"]]
    texts = (body.digest, *[source.digest if source else None for source in sources])
    if noun in CLAIMS:
        aged, issue = age(body, context), body["issue"]["slug"]
        on = context.on if aged is Age.POSSIBLE else None
        settled = context.settled.get(issue, {}).get("edtf")
        asked = (
            issue == context.issue,
            is_about_actors(body, context),
            context.questions.get(issue),
            settled,
        )
        turned: Iterable[Any] = context.turning_points.get((noun, body["id"]), ())
        beside = [other and (other.digest, age(other, context)) for other in turned]
        outcome = resolved[1] if (resolved := resolution_of(body, context)) else None
        is_due = (is_past_forecast(body, context), is_unresolved(body, context), outcome)
        later = later_event(body, context)
        return (
            *texts,
            of_claim(body, context.origins()),
            aged,
            *is_due,
            on,
            *asked,
            *beside,
            later,
        )
    if noun in OCCURRENCES:
        return (*texts, is_overdue(body, context))
    return (
        *texts,
        *[(voter["slug"], voter["name"], *sorted(voter["slugs"])) for voter in context.voters()],
    )
