"""A kept card is what would be made anew: whatever differs in what it shows makes another one."""

from collections.abc import Hashable, Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Any

import msgspec
import pytest

from tests.factories import StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.cards import documents
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make
from tracker.public.cards.cards import SENTENCES, Card
from tracker.public.cards.chips import chip
from tracker.public.http.caching import RESPONSES, BoundedCache
from tracker.public.site.kept import CARDS, OVERHEAD, Document, Form, PageContext, html_of, page_of
from tracker.schema.records import NOUNS
from tracker.values.nouns import Noun

DAYS = [
    date(2018, 1, 1),
    date(2019, 6, 15),
    date(2019, 6, 16),
    date(2020, 3, 1),
    date(2020, 6, 2),
    date(2026, 1, 1),
]
QUERIES = ["", "?on=2019-06-15", "?on=2019-06-15&edition=3", "?edition=3"]
SOURCE = documents.SOURCES[1]
CHINA, IRAN = ({"slug": slug, "name": slug.title(), "slugs": (slug,)} for slug in ("china", "iran"))
QUESTION = {"pyongyang": "Should sanctions on Pyongyang be eased?"}
TWICE = [documents.citation(), documents.citation(2, "Another", relation="contradicts")]

# What may differ where a card is shown, each after what is usual.
CONTEXTS: dict[str, list[Any]] = {
    "stale_after": [365, 1],
    "questions": [
        QUESTION,
        {},
        {"pyongyang": None},
        {"pyongyang": "Should they be lifted?"},
        {"other": "Why?"},
    ],
    "sources": [
        {1: SOURCE},
        {},
        {1: SOURCE | {"url": None}},
        {1: SOURCE | {"reliability": "C"}},
        {1: SOURCE, 2: SOURCE | {"id": 2, "publisher": "Another"}},
    ],
    "issue": ["", "pyongyang", "other"],
    "actors": [(), ("russia",), ("russia", "china")],
    "origins": [dict, lambda: {1: 2}],
    "voters": [
        (),
        (CHINA,),
        (CHINA, IRAN),
        (IRAN, CHINA),
        (IRAN,),
        (IRAN | {"name": "Persia"},),
        (IRAN | {"slugs": ("iran", "persia")},),
    ],
}
CLAIMS: list[dict[str, Any]] = [
    {},
    {"id": 13},
    {"citations": TWICE},
    {"citations": [documents.citation(), documents.citation(2, "Another")], "summary": "So."},
    {"citations": TWICE, "standing": "contested", "standing_note": "Both say so."},
    {"since": "2019-06", "until": "2019-06"},
    {"since": "2019-06-15", "until": "2020"},
    {"since": None, "until": "2019-06-15", "confirmed_on": None},
    {"since": "2019-05", "confirmed_on": None},
    {"basis": "forecast", "likelihood": "likely", "since": "2020", "until": "2020-05"},
    {"basis": "forecast", "likelihood": "likely", "since": "2019-06-15"},
    {"issue": documents.issue("other", "Another"), "summary": "It said <so> & \u201cmore\u201d."},
]
RECORDS = [
    *[(Noun.STANCE, documents.stance(**claim)) for claim in CLAIMS],
    *[(Noun.ALIGNMENT, documents.alignment(**{"summary": "So.", **claim})) for claim in CLAIMS],
    *[
        (Noun.MEETING, documents.meeting(status=status, since="2019-06-15", citations=TWICE[:1]))
        for status in ("held", "planned", "cancelled")
    ],
    *[
        (Noun.ACT, documents.act(status=status, since="2019-06-15", citations=TWICE[:1]))
        for status in ("done", "planned", "in_force")
    ],
    (
        Noun.VOTE,
        documents.vote({"china": "yes", "persia": "no"}, {"china": "So."}, citations=TWICE[:1]),
    ),
    (Noun.VOTE, documents.vote({"china": "no", "iran": "no"}, citations=TWICE[:1])),
]


def document(noun: Noun, body: dict[str, Any]) -> Document:
    return Document(noun, msgspec.json.encode(body))


def cases() -> Iterator[tuple[Noun, Document, PageContext, Form]]:
    """Yield every record in every context, in any order;
    records and sources are read for each anew.
    """
    names = list(CONTEXTS)
    told = [
        (record, on, q, dict(zip(names, values, strict=True)))
        for record in RECORDS
        for on, q in product(DAYS, QUERIES)
        for values in product(*CONTEXTS.values())
        if sum(
            value is not usual for value, (usual, *_) in zip(values, CONTEXTS.values(), strict=True)
        )
        < 2
    ]
    Random(1).shuffle(told)
    for place, ((noun, body), on, q, known) in enumerate(told):
        sources = {
            number: Document(Noun.SOURCE, msgspec.json.encode(source))
            for number, source in known["sources"].items()
        }
        context = PageContext(
            on,
            known["stale_after"],
            known["questions"],
            sources,
            lambda noun, key, q=q: page_of(noun, key, q),
            known["issue"],
            lambda voters=known["voters"]: voters,
            known.get("settled", {}),
            actors=known["actors"],
            origins=known["origins"],
            q=q,
        )
        line = noun in (Noun.STANCE, Noun.ALIGNMENT) and place % 3 == 0
        yield noun, document(noun, body), context, Form.LINE if line else Form.CARD


def fresh(noun: Noun, body: Document, context: PageContext, form: Form) -> str:
    if form is Form.CARD:
        return Card(noun, body, context).html
    return f"{chip(noun, body, context).html} {SENTENCES[noun](body, context).html}"


def test_it_is_as_if_made_anew() -> None:
    shown = 0
    for noun, body, context, form in cases():
        assert html_of(noun, body, context, form) == fresh(noun, body, context, form), (
            noun,
            body["id"],
            context,
        )
        shown += 1
    assert shown > 10 * len(CARDS), "hardly any was given again"


def test_so_it_is_where_records_have_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for noun in (Noun.SOURCE, Noun.ACTOR):
        monkeypatch.setitem(NOUNS, noun, NOUNS[noun]._replace(has_pages=False))
    for noun, body, context, form in list(cases())[:2_000]:
        assert html_of(noun, body, context, form) == fresh(noun, body, context, form), (
            noun,
            body["id"],
            context,
        )


def test_what_is_not_published_is_not_kept() -> None:
    noun, body, context, _ = next(cases())
    assert html_of(noun, dict(body), context) == Card(noun, body, context).html
    assert not len(CARDS)


def test_they_take_no_more_than_their_bytes_and_the_oldest_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards, made = BoundedCache[Hashable, bytes](3 * (OVERHEAD + 10)), list[str]()
    monkeypatch.setattr("tracker.public.site.kept.CARDS", cards)
    monkeypatch.setattr(
        "tracker.public.site.kept._made",
        lambda noun, body, *_: made.append(body["summary"]) or body["summary"] * 10,
    )
    _, _, context, _ = next(cases())

    def get(name: str) -> str:
        return html_of(Noun.STANCE, document(Noun.STANCE, documents.stance(summary=name)), context)

    def kept() -> list[str]:
        return [html.decode()[0] for html, _ in cards.values.values()]

    assert [get(name) for name in "abca"] == ["a" * 10, "b" * 10, "c" * 10, "a" * 10]
    get("d")
    assert (kept(), cards.size) == (["c", "a", "d"], cards.most_bytes)
    assert (get("b"), made) == ("b" * 10, list("abcdb"))
    cards.clear()
    assert (len(cards), cards.size) == (0, 0)


@pytest.mark.django_db
def test_a_kept_card_counts_sources_as_they_come_from_each_other_now(visitor: Visitor) -> None:
    stance = StanceFactory(citations=[{"locator": "1"}, {"locator": "2"}], summary="So.")
    publish_whole(stance)
    address = f"/issues/{stance.issue.slug}/"
    assert "2 independent sources" in visitor.text(address)

    first, other = (citation.source for citation in stance.citations.order_by("pk"))
    publish(edit(first, derives_from=other))
    assert "2 sources, 1 independent" in visitor.text(address)
    assert "2 sources, 1 independent" in visitor.text(f"/stances/{stance.pk}/")
    assert "2 independent sources" in visitor.text(f"{address}?edition=1")


@pytest.mark.django_db
def test_pages_of_every_edition_and_day_are_as_if_made_anew(visitor: Visitor) -> None:
    """Whatever was shown before:
    a card of another edition, day or page, under another name, or of what is gone.
    """
    known: Any = make()
    publish_whole(*known.values())
    publish(edit(known["canal"], title="The great canal", question="Should it be dug deeper?"))
    publish(edit(known["china"], name="The People’s Republic"))
    source = known["stance"].citations.get().source
    publish(edit(source, title="Another title", url="https://example.org/other"))
    addresses = [
        "/",
        "/issues/canal/",
        "/actors/china/",
        "/actors/russia/",
        "/meetings/",
        "/pairs/china/russia/",
        f"/sources/{source.pk}/",
        f"/stances/{known['stance'].pk}/",
    ]
    asked = [
        f"{address}?on={on}&edition={edition}"
        for address in addresses
        for on in ("2019-06-15", "2019-06-16", "2026-01-01")
        for edition in range(1, 5)
    ]
    Random(2).shuffle(asked)
    warm = {address: visitor.get(address).content for address in asked}
    for address in asked:
        CARDS.clear()
        RESPONSES.clear()
        assert visitor.get(address).content == warm[address], address
