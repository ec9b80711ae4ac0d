"""Pages of records: filtered, in order, as of one edition;
page ten thousand costs what page one does.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from itertools import repeat
from typing import Any

import msgspec

from tracker.public.read import queries
from tracker.public.read.connection import Row, read_ahead, rows, rows_of_each
from tracker.public.read.editions import NOW, AnsweringEdition, AsOf
from tracker.public.read.keys import BY_SLUG
from tracker.public.read.pagination import Page, Place, paginate
from tracker.public.read.search import SearchQuery, understood
from tracker.schema.claims import staleness
from tracker.schema.ordering import BY_RANK, ID, Order
from tracker.schema.parts import SourceReference
from tracker.schema.records import FILTERS, with_usual
from tracker.values.nearness import is_near
from tracker.values.nouns import Noun

MOST_SOURCES = 500  # that are read by one statement
MOST_LIKE = 20  # that have some of the words, of which those are taken that may be meant


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a list:
    the values of filters by name, in which order, as of what, and which part of it.

    `after` is a place in that order.
    """

    noun: Noun
    chosen: Mapping[str, Any]
    _: KW_ONLY
    order: tuple[Order, ...]
    as_of: AsOf
    after: Place | None
    size: int
    counts: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a question came to:
    a page of records as JSON, and if asked for, how many there are in all.

    `unknown` are, by the name of a filter, the records that its keys mean, None for one that no
    record ever had; empty if there is none. `is_capped` says that more were found than come, and
    only these were counted; of a search that asks for nothing `finds` is false.
    """

    answering: AnsweringEdition
    unknown: Mapping[str, list[int | None]]
    count: int | None
    page: Page[bytes]
    is_capped: bool = False
    finds: bool = True


class Citing(msgspec.Struct):
    """What is read of a citation of a claim."""

    source: SourceReference


class CitingClaim(msgspec.Struct):
    """What is read of a claim to find its sources."""

    citations: list[Citing]


CITING = msgspec.json.Decoder(CitingClaim)


def near(noun: Noun, key: str, *, edition: int, size: int) -> Sequence[bytes]:
    """Return up to `size` records of which one may be meant by a slug that none has;
    two statements.
    """
    words = [
        word
        for word in "".join(c if c.isalnum() else " " for c in key[:100]).split()
        if word.casefold() != "or"
    ]
    if noun not in BY_SLUG or not words:
        return []
    chosen, as_of = with_usual(noun, {"q": " or ".join(words[:5])}), AsOf(edition)
    question = Question(
        noun, chosen, order=BY_RANK, as_of=as_of, after=None, size=MOST_LIKE, counts=False
    )
    return [
        body
        for body in page(question).page.results
        if any(is_near(key, name) for name in names_of(body))
    ][:size]


def names_of(body: bytes) -> list[str]:
    """Return all names of an actor or an issue, given as JSON: its slug too."""
    fields = msgspec.json.decode(body)
    own = [fields["slug"], fields.get("name") or fields["title"], fields.get("short_name") or ""]
    return [*own, *fields.get("names", {}).values(), *fields.get("aliases", ())]


def page(question: Question) -> ListPage:
    """Return up to `size` records that match all that is chosen;
    one statement, or two for a search.
    """
    return _page_of(question, {})


def _page_of(
    question: Question, known: dict[tuple[str, AsOf], tuple[AnsweringEdition, SearchQuery]]
) -> ListPage:
    """Return the page; `known` is what is asked by searches of before, and gets this one."""
    if "q" not in question.chosen:
        return _page(question)
    asked = (question.chosen["q"], question.as_of)
    if asked not in known:
        known[asked] = understood(*asked)
    answering, search = known[asked]
    as_of = question.as_of if answering.number is None else AsOf(answering.number)
    answer = _page(question if question.as_of == NOW else replace(question, as_of=as_of), search)
    if answer.answering.number != answering.number:  # an edition came between the two
        answer = _page(replace(question, as_of=as_of), search)
    return replace(answer, finds=search.finds)


def pages(questions: Sequence[Question]) -> list[ListPage]:
    """Return a page of each question;
    the statements of several are sent at once, unless some are searches.

    What several searches ask alike is understood once.
    """
    if len(questions) == 1 or any("q" in question.chosen for question in questions):
        known = dict[tuple[str, AsOf], tuple[AnsweringEdition, SearchQuery]]()
        return [_page_of(question, known) for question in questions]
    results = rows_of_each(
        [(_statement(question), _bound(question, None)) for question in questions]
    )
    return [_answered(question, row) for question, (row,) in zip(questions, results, strict=True)]


def _page(question: Question, search: SearchQuery | None = None) -> ListPage:
    return _answered(
        question, rows(_statement(question), _bound(question, search), prepared=search is None)[0]
    )


def _statement(question: Question) -> str:
    return queries.page(
        question.noun,
        frozenset(question.chosen),
        question.order,
        as_of=question.as_of.by,
        further=question.after is not None,
        counted=question.counts,
    )


def _answered(question: Question, row: Row) -> ListPage:
    latest, number, stamp, unknown, count, opened, bodies, *places = row
    says_stale = queries.says_stale(question.noun, question.chosen)
    stale = places.pop(0) if says_stale else repeat(None, len(bodies or ()))
    results = [
        numbered(*record) for record in zip(bodies or (), opened or (), stale or (), strict=True)
    ]
    last = question.size - 1
    part = paginate(
        results, question.size, lambda _: tuple(keys[last] for keys in places), edition=number or 0
    )
    is_capped = question.order == BY_RANK and count is not None and count > queries.MOST_RANKED
    count = queries.MOST_RANKED if is_capped else count
    unknown = msgspec.json.decode(unknown) if unknown else {}
    return ListPage(AnsweringEdition(latest, number, stamp), unknown, count, part, is_capped)


def chunks(question: Question, first: ListPage, size: int) -> Generator[bytes]:
    """Yield the results of a first page, and then all that follow,
    as of the edition that answered it; each in a line.

    Each chunk of `size` is a statement of its own, so that whoever takes them slowly keeps no
    transaction open. Who does not take them all is to close this: until then the connection may be
    in use.
    """
    yield lines(first.page.results)
    if first.page.after is not None:
        yield from read_ahead(_following(question, first.page.edition, first.page.after, size))


def cited(claims: Iterable[bytes], edition: int) -> Iterator[bytes]:
    """Yield the sources that claims cite, each once, by number, as of an edition;
    a statement for each 500.
    """
    ids = set[int]()
    for chunk in claims:
        for claim in CITING.decode_lines(chunk):
            ids.update(citation.source.id for citation in claim.citations)
    sources = [str(source) for source in sorted(ids)]
    for start in range(0, len(sources), MOST_SOURCES):
        question = Question(
            Noun.SOURCE,
            {"id": sources[start : start + MOST_SOURCES]},
            order=(ID,),
            as_of=AsOf(edition),
            after=None,
            size=MOST_SOURCES,
            counts=False,
        )
        yield lines(page(question).page.results)


def _following(question: Question, edition: int, after: Place | None, size: int) -> Iterator[bytes]:
    as_of = AsOf(edition)
    sql = queries.chunk(question.noun, frozenset(question.chosen), question.order)
    search = understood(question.chosen["q"], as_of)[1] if "q" in question.chosen else None
    while after is not None:
        bound = {**_bound(replace(question, as_of=as_of, after=after), search), "limit": size}
        written, count, *last = rows(sql, bound, prepared=search is None)[0]
        if count:
            yield written
        after = tuple(last) if count == size else None


def _bound(question: Question, search: SearchQuery | None) -> dict[str, Any]:
    bound = {**question.as_of.bound(), "limit": question.size + 1, **staleness()}
    bound |= {f"after_{place}": value for place, value in enumerate(question.after or ())}
    for by in FILTERS[question.noun]:
        if by.name in question.chosen:
            bound |= by.bound(question.chosen[by.name])
    return (
        bound | {"q": search.wide, "exact": search.exact, "name": search.name} if search else bound
    )


def numbered(body: bytes, opened: int, stale: bool | None = None) -> bytes:
    """Return a record as JSON with the number of the edition that opened this version in front.

    Beside it, of a claim as of a day, whether it is stale then.
    """
    stale_field = b"" if stale is None else b'"is_stale":%b,' % (b"true" if stale else b"false")
    return b'{"edition":%d,%b%b' % (opened, stale_field, body[1:])


def lines(records: Iterable[bytes]) -> bytes:
    """Return records, each with the end of a line, which no record has in it."""
    return b"".join(record + b"\n" for record in records)


def narrowed(record: bytes, fields: Collection[str]) -> bytes:
    """Return a record, which is JSON, with only these of its fields,
    in the order in which it has them.
    """
    whole = msgspec.json.decode(record, type=dict[str, msgspec.Raw])
    return msgspec.json.encode({name: value for name, value in whole.items() if name in fields})
