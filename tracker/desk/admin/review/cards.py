"""Records as readers would see them, with what changes of them:
of many at once, in as many queries as of one.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from more_itertools import map_reduce

from tracker.desk.admin.history.comparison import ComparisonRow, compared
from tracker.desk.admin.review.neighbours import named_in_address, review_address
from tracker.desk.admin.review.opened import was_opened
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import address, label, names, settled_of
from tracker.desk.admin.site.messages import Says, format_own_problems
from tracker.desk.admin.site.public_status import records_by_key
from tracker.desk.records.keys import records
from tracker.models import Actor, ActorDocument, Record, Source
from tracker.models.nouns import noun_of
from tracker.public.cards.cards import SENTENCES, Card
from tracker.public.cards.context import Body, Context, Origins
from tracker.public.cards.evidence import independent
from tracker.publishing.new_documents import Preview, previews
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key, Problem
from tracker.values.vocabularies import Confidence, Credibility, Relation

CARDS_FROM = "cards_from"  # the place in a selection at which its page of cards begins
CARDS_A_PAGE, MOST_UNFOLDED = 25, 5
ONE_SOURCE = (
    "High confidence, and one independent source: cite another, or say in the summary why one is "
    "enough."
)
UNCONFIRMED = (
    "“Confirmed by others”, and one independent source: cite another, or judge the information "
    "as probably true."
)


class ReviewCard(NamedTuple):
    """One record of a selection, as a reviewer sees it."""

    key: Key
    name: str
    review: str  # the address of its review
    version: int
    badge: SafeString
    edition: int | None
    card: Card | None
    changed: list[ComparisonRow]
    problems: list[Says]
    hints: list[str]
    was_opened: bool


class CardPage(NamedTuple):
    """The cards of a part of a selection; `previous` and `next` are where the other parts begin."""

    cards: list[ReviewCard]
    first: int
    size: int
    previous: int | None
    next: int | None

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1

    @property
    def are_unfolded(self) -> bool:
        return self.size <= MOST_UNFOLDED

    @property
    def unopened(self) -> int:
        return sum(not card.was_opened for card in self.cards)


class DeskFacts:
    """What cards of many records ask in common, as it is at the desk;
    each is asked once, when it is needed.
    """

    @cached_property
    def origins(self) -> Origins:
        """Return of each source that passes another on which one; one query."""
        return dict(Source.objects.exclude(derives_from=None).values_list("pk", "derives_from"))

    @cached_property
    def voters(self) -> list[Body]:
        """Return the actors in focus, with the slugs that they had in public."""
        numbers = records(Noun.ACTOR, settings.FOCUS, ["slug"])
        return [_voter(slug, numbers[slug]) for slug in settings.FOCUS]


def card_page(request: HttpRequest, keys: Sequence[Key], problems: Collection[Problem]) -> CardPage:
    """Return the part of a selection for which the page asks, by default the first.

    `problems` are those of the whole selection.
    Twenty records of a noun take as many queries as one.
    """
    start = min(number(request.POST.get(CARDS_FROM, "")) or 0, max(len(keys) - 1, 0))
    start -= start % CARDS_A_PAGE
    part = list(keys[start : start + CARDS_A_PAGE])
    following = start + CARDS_A_PAGE
    return CardPage(
        _review_cards(request, part, problems),
        start + 1,
        len(keys),
        previous=start - CARDS_A_PAGE if start else None,
        next=following if following < len(keys) else None,
    )


def _review_cards(
    request: HttpRequest, keys: Sequence[Key], problems: Collection[Problem]
) -> list[ReviewCard]:
    rows = records_by_key(keys)
    own_problems = map_reduce(
        (problem for problem in problems if problem.record in rows), lambda own: own.record
    )
    named = names(
        {key for own in own_problems.values() for problem in own for key in problem.others}
    )
    forms = _previews(list(rows.values()))
    cards = cards_of(list(rows.values()), forms)
    hints = hints_about(list(rows.values()))
    among = named_in_address(keys)
    review_cards: list[ReviewCard] = []
    for key in keys:
        if key not in rows:
            continue
        record = rows[key]
        differing = (
            [row for row in compared(key[0], forms[key]) if row.is_changed] if key in forms else []
        )
        review_cards.append(
            ReviewCard(
                key,
                label(record),
                review_address(key, among),
                record.version,
                public_status.shown(record),
                public_status.status_of(record).edition,
                cards.get(key),
                differing,
                format_own_problems(own_problems.get(key, []), named),
                hints[key],
                was_opened(request, key, record.version),
            )
        )
    return review_cards


def _previews(rows: Sequence[Record]) -> dict[Key, Preview]:
    forms: dict[Key, Preview] = {}
    for noun, same_noun in map_reduce(rows, noun_of).items():
        for record, preview in previews(noun, [row.pk for row in same_noun]).items():
            forms[noun, record] = preview
    return forms


def cards_of(rows: Sequence[Any], forms: Mapping[Key, Preview]) -> dict[Key, Card]:
    """Return the cards of those records that have one, by their public forms:
    not of one that was merged away.

    Their sources are as they are at the desk, and lead there.
    """
    facts = DeskFacts()
    cards: dict[Key, Card] = {}
    for noun, same_noun in map_reduce(rows, noun_of).items():
        if noun not in SENTENCES:
            continue
        prefetch_related_objects(same_noun, "citations__source")
        for row in same_noun:
            if body := forms[noun, row.pk].new:
                cards[noun, row.pk] = Card(noun, body, _context(row, body, facts))
    return cards


def _context(record: Any, body: Body, facts: DeskFacts) -> Context:
    return Context(
        on=timezone.localdate(),
        stale_after=settings.STALE_AFTER,
        questions={body["issue"]["slug"]: question_of(record)} if body.get("issue") else {},
        settled=settled_of(getattr(record, "issue", None)),
        sources={
            citation.source_id: _public(citation.source) for citation in record.citations.all()
        },
        address=lambda named, key: address(named, int(key)) if named is Noun.SOURCE else "",
        voters=lambda: facts.voters,
        origins=lambda: facts.origins,
    )


def question_of(record: Any) -> str:
    """Return the question on which a claim is a position,
    if it is a claim and its issue has one.
    """
    issue = getattr(record, "issue", None)
    return issue.question if issue else ""


def hints_about(rows: Sequence[Any]) -> dict[Key, list[str]]:
    """Return what a reviewer of claims may look at twice; it blocks nothing.
    Two queries a noun, and one for all.
    """
    facts = DeskFacts()
    for same_noun in map_reduce(
        (row for row in rows if hasattr(row, "confidence")), noun_of
    ).values():
        prefetch_related_objects(same_noun, "citations")
    return {(noun_of(row), row.pk): _hints(row, facts) for row in rows}


def _hints(record: Any, facts: DeskFacts) -> list[str]:
    if not hasattr(record, "confidence"):
        return []
    supporting = [
        citation for citation in record.citations.all() if citation.relation == Relation.SUPPORTS
    ]
    is_confirmed = any(citation.credibility == Credibility.CONFIRMED for citation in supporting)
    hints = [ONE_SOURCE] if record.confidence == Confidence.HIGH else []
    hints += [UNCONFIRMED] if is_confirmed else []
    if (
        not hints
        or len(independent([citation.source_id for citation in supporting], facts.origins)) != 1
    ):
        return []
    return hints


def _voter(slug: str, meant: Sequence[int]) -> Body:
    for actor in Actor.objects.filter(pk__in=meant):
        ever = ActorDocument.objects.filter(record=actor.pk).values_list("slug", flat=True)
        return {"slug": actor.slug, "name": actor.name, "slugs": [*ever.distinct()]}
    return {"slug": slug, "name": slug.title()}


def _public(source: Any) -> Body:
    """Return of a source what a footnote tells."""
    fields = (
        "url",
        "archive_url",
        "english_title",
        "authors",
        "publisher",
        "container_title",
        "language",
        "outlet",
        "reliability",
    )
    read = source.accessed_on
    issued = {"edtf": source.issued} if source.issued else None
    return {name: getattr(source, name) for name in fields} | {
        "issued": issued,
        "accessed_on": read.isoformat() if read else None,
    }
