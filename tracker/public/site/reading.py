"""What pages read of the publication:
records of an edition, its tree of issues, one record, a timeline, feed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.safestring import SafeString

from tracker.public.cards.cards import SENTENCES
from tracker.public.cards.context import Body, Context
from tracker.public.cards.matrix import Actor
from tracker.public.cards.pictures.lanes import Claim, Lane
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.cards.pictures.timeline import NARROW, WIDE, EditionMark, Shape, timeline
from tracker.public.cards.turning_points import turning_points
from tracker.public.cards.wording import happened, rewordings
from tracker.public.formats.atom import AtomEntry, details, headline
from tracker.public.formats.csv import Table
from tracker.public.formats.csv_documents import claims_table
from tracker.public.formats.releases.moves import PROSE
from tracker.public.read import coverage, events, feed, lists, records
from tracker.public.read.editions import AsOf
from tracker.public.read.keys import BY_SLUG, country_codes, slugs_ever
from tracker.public.read.tree import Tree, tree_of
from tracker.public.site.dates import Dates, PageQuery, replaced
from tracker.public.site.kept import Document, PageContext, html_of, page_of
from tracker.public.site.page import CLAIMS_SHOWN, DRAWN, Content, Drawing, MovedError, PageError
from tracker.schema.filters import LARGEST_ID
from tracker.schema.ordering import BY_RANK, Order
from tracker.schema.records import CLAIMS, ORDERS, USUAL, read_body
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

Chosen = Mapping[str, Any]  # values of filters by their names
Lanes = Callable[[Iterable[Claim], Context], list[Lane]]
CHUNK = 1_000  # claims of a table that are read at once
VERSIONS_SHOWN = 50  # versions of a record on its page
LATELY, EACH = 10, 3  # changes of what a page is about, and of these so many of each edition
WITHDRAWN = (Operation.RETRACTED, Operation.MERGED)
# By when they began, the first first.
BY_BEGINNING = {
    noun: tuple(order for order in ORDERS[noun] if order.name in ("since", "id")) for noun in USUAL
}


class Records(list[Body]):
    """Records of a noun, and whether there are more."""

    def __init__(self, noun: Noun, bodies: Iterable[str | bytes], has_more: bool = False) -> None:
        super().__init__(Document(noun, body) for body in bodies)
        self.noun, self.has_more = noun, has_more

    def cards(self, about: PageContext) -> list[SafeString]:
        return [html_of(self.noun, body, about) for body in self]


def cards(about: PageContext, *lists: Records) -> Content:
    """Return the cards of lists, by the plural of their nouns, and whether there are more of each,
    `has_more_…`.
    """
    shown = {of.noun.plural: of.cards(about) for of in lists}
    return shown | {f"has_more_{of.noun.plural}": of.has_more for of in lists}


def records_of(
    noun: Noun,
    dates: Dates,
    chosen: Chosen,
    size: int = CLAIMS_SHOWN,
    order: tuple[Order, ...] = (),
) -> Records:
    """Return up to `size` records of the edition that match what is chosen,
    brought up to their shape; one statement.

    A search takes two, and comes in order of rank. Pages show contested claims too.
    """
    return run(question(noun, dates, chosen, size, order))[0]


def run(*questions: lists.Question) -> list[Records]:
    """Return the records of each question; a statement each, all sent at once."""
    answered = zip(questions, lists.pages(questions), strict=True)
    return [
        Records(by.noun, answer.page.results, answer.page.after is not None)
        for by, answer in answered
    ]


def question(
    noun: Noun,
    dates: Dates,
    chosen: Chosen,
    size: int = CLAIMS_SHOWN,
    order: tuple[Order, ...] = (),
) -> lists.Question:
    """Return the question that `records_of` asks."""
    order = order or (BY_RANK if "q" in chosen else USUAL[noun])
    chosen = {**chosen, "standing": ["any"]} if noun in CLAIMS else chosen
    return lists.Question(
        noun, chosen, order=order, as_of=AsOf(dates.edition), after=None, size=size, counts=False
    )


def told(dates: Dates) -> Chosen:
    """Return what chooses the claims that are told of the day asked for:
    also those on what was settled before it.
    """
    return {"on": dates.on, "with_settled": True}


def settled(day: Body | None, dates: Dates) -> str:
    """Return when a question was settled, in words;
    "" if it is open, or was on the day asked for.
    """
    return days.at(day) if day and day["earliest"] <= dates.on.isoformat() else ""


def table_of(
    dates: Dates,
    several: Iterable[tuple[Noun, Chosen]],
    is_meant: Callable[[Body], bool] = lambda body: True,
) -> Table:
    """Return all claims that are chosen, however many, each once; of these what is meant."""
    questions = (question(noun, dates, chosen, CHUNK) for noun, chosen in several)
    return claims_table(questions, country_codes(dates.edition), is_meant)


def tree(dates: Dates) -> Tree:
    """Return the issues of the edition, which are kept since they can't change;
    at most one statement.
    """
    return tree_of(dates.edition, dates.stamp)


@lru_cache(maxsize=100)
def known_actor(key: str, edition: int, stamp: int | None) -> Actor:
    """Return an actor of an edition, whose moment is `stamp`;
    one statement, and kept, as it can't change.
    """
    actor = records.record(Noun.ACTOR, key, AsOf(edition))
    unknown = {"slug": key, "name": key.replace("-", " ").title(), "short_name": None}
    return actor.record, read_body(Noun.ACTOR, actor.body) if actor.body else unknown


def actors_in_focus(dates: Dates) -> list[Actor]:
    """Return the actors that lead the pages of this tracker, each with its number,
    if it has one.
    """
    actors = [known_actor(key, dates.edition, dates.stamp) for key in settings.FOCUS]
    return distinct(actors)


def distinct(actors: Iterable[Actor]) -> list[Actor]:
    """Return each actor once: several keys may be of one, by a code or since it was merged."""
    return [*{actor["slug"]: (number, actor) for number, actor in actors}.values()]


def pair_in_focus(dates: Dates) -> list[Body]:
    """Return the first two actors in focus, which have a page together;
    none where one of them isn't public.
    """
    actors = actors_in_focus(dates)[:2]
    is_public = len(actors) == 2 and None not in [number for number, _ in actors]
    return [actor for _, actor in actors] if is_public else []


def context(
    dates: Dates,
    *claims: Sequence[Body],
    issue: str = "",
    voters: Sequence[Body] = (),
    others: Iterable[Sequence[Body]] = (),
    actors: Collection[str] = (),
) -> PageContext:
    """Return what sentences and chips need to know;
    of claims their sources too, in one statement if there are any.

    `issue` is the slug of that whose question stands on the page, `actors` are those of whom it is
    about; `voters` are the actors in focus unless they are given. Of `others`, claims of any day,
    some took the place of those shown.
    """
    cited = {
        cited["source"]["id"] for bodies in claims for body in bodies for cited in body["citations"]
    }
    sources = records.live(Noun.SOURCE, cited, edition=dates.edition) if cited else ()
    return PageContext(
        on=dates.on,
        stale_after=settings.STALE_AFTER,
        questions=tree(dates).questions,
        settled=tree(dates).settled,
        sources={
            source["id"]: source for source in (Document(Noun.SOURCE, text) for text in sources)
        },
        address=lambda noun, key: page_of(noun, key, dates.q),
        q=dates.q,
        issue=issue,
        voters=lambda: voters_of(dates, voters),
        turning_points=turning_points(chain.from_iterable(others)),
        actors=actors,
        origins=partial(coverage.origins, dates.edition, dates.stamp),
        events=partial(events.last_on_issues, dates.edition, dates.stamp, dates.on),
    )


def voters_of(dates: Dates, voters: Sequence[Body]) -> list[Body]:
    """Return actors, those in focus unless some are given, each with all slugs that it ever had."""
    voters = voters or [actor for _, actor in actors_in_focus(dates)]
    ever = known_slugs(tuple(voter["slug"] for voter in voters), dates.edition, dates.stamp)
    return [{**voter, "slugs": ever.get(voter["slug"], ())} for voter in voters]


@lru_cache(maxsize=100)
def known_slugs(
    slugs: tuple[str, ...], edition: int, stamp: int | None
) -> Mapping[str, Sequence[str]]:
    """Return all slugs of actors up to an edition, whose moment is `stamp`, by one;
    kept, as they can't change.
    """
    return slugs_ever(Noun.ACTOR, slugs, edition=edition)


def record(noun: Noun, key: str, dates: Dates) -> tuple[int, Body]:
    """Return the number of a record and the record as the edition has it; one statement if it has.

    Raise MovedError for a key that it had before or a code, and for what was merged;
    PageError with why it is gone, or with near names.
    """
    lookup = records.record(noun, key, AsOf(dates.edition))
    if lookup.public_key not in (None, key):
        raise MovedError(page_of(noun, lookup.public_key))
    absent = str(records.AbsentError(noun, key, lookup))
    if lookup.record is None:
        near = suggestions(noun, key, dates)
        raise PageError(404, "", detail=absent, noun=noun, never=key[:100], near=near, q=dates.q)
    if lookup.body is not None:
        return lookup.record, Document(noun, lookup.body)
    if lookup.operation is None:
        raise PageError(404, "", detail=absent, noun=noun, before=dates.edition, q="")
    last = records.versions(
        noun, lookup.record, edition=dates.edition, before=None, size=1
    ).results[0]
    history = f"/api/v1/{noun.plural}/{lookup.key}/history/"
    raise PageError(410, "", detail=absent, noun=noun, retraction=last, history=history)


def suggestions(noun: Noun, key: str, dates: Dates) -> list[tuple[str, str]]:
    """Return names that are spelled nearly like a key, each with its page."""
    bodies = Records(noun, lists.near(noun, key, edition=dates.edition, size=5))
    return [
        (body.get("title") or body["name"], page_of(noun, body["slug"], dates.q)) for body in bodies
    ]


def fault_unknown(query: PageQuery, parameter: str, noun: Noun, key: str, dates: Dates) -> None:
    """Note that nothing was ever published under a key of a parameter,
    and which is spelled most nearly like it.
    """
    near = next((address.split("/")[2] for _, address in suggestions(noun, key, dates)), "")
    query.fault(parameter, "unknown", f"no {noun} was ever published under “{key}”", near)


class Line(NamedTuple):
    """A change in words: what happened to what, in detail (what is HTML is safe), where,
    and in which edition.
    """

    headline: str
    details: list[str]
    address: str
    published: str
    change: feed.FeedChange
    record: Body

    @property
    def happened(self) -> str:
        """Return what the edition did to the record."""
        return happened(self.change.operation)


def changed(
    edition: int,
    filters: feed.Filters,
    size: int,
    after: int = 0,
    before: feed.Place | None = None,
    q: str = "",
) -> tuple[list[Line], feed.Place | None]:
    """Return the last changes in editions after one and up to another, the newest first, in words;
    one statement.
    """
    page = feed.latest(
        after=(after, LARGEST_ID if after else 0),
        before=before,
        edition=edition,
        filters=filters,
        size=size,
    )
    return [line_of(result, q) for result in page.results], page.after


def recent_changes(dates: Dates, filters: feed.Filters) -> Content:
    """Return the last changes of all, or about a subject, of each edition a few; one statement."""
    changes = feed.of_last(LATELY, each=EACH, edition=dates.edition, filters=filters)
    return {"lately": [line_of(change, dates.q) for change in changes]}


def timeline_of(
    dates: Dates,
    finding: str,
    drawn: Sequence[Records],
    happened: Sequence[Records],
    filters: feed.Filters,
    lanes: Lanes,
) -> Drawing:
    """Return what draws a timeline of claims (`drawn`) and of what happened; one statement."""
    claims = [(several.noun, body) for several in drawn for body in several]
    editions = [
        EditionMark(number, published_at.date(), f"/editions/{number}/{dates.q}")
        for number, published_at in feed.editions(
            edition=dates.edition, filters=filters, size=DRAWN
        )
    ]
    marked = [(several.noun, body) for several in happened for body in several]
    about, bodies = context(dates), [body for _, body in (*claims, *marked)]

    def draw(plate: Plate, shape: Shape = WIDE) -> Picture:
        return timeline(plate, lanes(claims, about), marked, editions, about, shape)

    return Drawing(
        finding,
        len({citation["source"]["id"] for body in bodies for citation in body["citations"]}),
        draw,
        partial(draw, shape=NARROW),
        has_picture=bool(claims),
        most_drawn=max((len(several) for several in drawn if several.has_more), default=0),
    )


def line_of(change: feed.FeedChange, q: str) -> Line:
    noun = Noun(change.noun)
    record, survivor = (
        read_body(noun, body) if body else {} for body in (change.body, change.into_body)
    )
    verb = {"operation": change.operation, "changed": change.changed, "reason": None, "note": None}
    entry = AtomEntry(noun, verb, record, survivor or None)
    before = page_of(
        noun, change.key, replaced(QueryDict(q[1:]), "edition", str(change.edition - 1))
    )
    place = "#lately" if noun in BY_SLUG else f"#edition-{change.edition}"
    where = page_of(noun, change.into_key or change.key, q) + place * (
        change.operation == Operation.UPDATED
    )
    lines = [*details(entry, but=PROSE), *rewordings(change.changed, PROSE, before)]
    return Line(headline(entry), lines, where, days.day(change.published_at), change, record)


def history_of(noun: Noun, number: int, dates: Dates, about: Context) -> Content:
    """Return what was said of a record, edition by edition, the newest first;
    each with its sentence as it was then.

    There is none of what is no claim, meeting, act or vote, of a withdrawal, and of what is
    withheld. What happened on the issue since a check stands beside the claim as this edition has
    it, not beside earlier ones.
    """
    about = replace(about, events=dict)
    changes = feed.of_record(noun, number, edition=dates.edition, size=VERSIONS_SHOWN + 1)
    versions = []
    for change in changes[:VERSIONS_SHOWN]:
        line = line_of(change, dates.q)
        has_sentence = noun in SENTENCES and line.record and change.operation not in WITHDRAWN
        versions.append((line, SENTENCES[noun](line.record, about) if has_sentence else None))
    return {
        "versions": versions,
        "has_earlier": len(changes) > VERSIONS_SHOWN,
        "all_versions": f"/api/v1/{noun.plural}/{number}/history/",
    }
