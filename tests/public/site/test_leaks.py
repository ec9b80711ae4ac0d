"""Two hundred drafts, each with a word that nobody may read:
none is found on anything that the site answers.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.publishing import edit, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import PAGES, make_every_noun
from tests.public.site.test_walk import is_page
from tests.publishing.walk import text_of
from tracker.models import Record
from tracker.public.cards.pictures.files import SUFFIXES
from tracker.public.site.page import SAYS
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]
WORD = re.compile("canary[0-9]+x")
DRAFTS = 200
FILES = (*SAYS, "bib", *SUFFIXES)
DAYS = ("", "?on=2019-06-15", "?on=2019-06-15&edition=1")


def drafts(known: dict[str, Record]) -> list[Record]:
    """Return so many records at the desk, of each noun, about those that are public;
    their texts have their word.
    """
    made: list[Record] = []
    china, russia, canal, sea = (known[name] for name in ("china", "russia", "canal", "sea"))

    def a(number: int) -> str:
        return f"canary{number}x"

    def cited(number: int) -> list[dict[str, object]]:
        return [
            {"source": SourceFactory(title="Of the desk"), "quote": a(number), "locator": a(number)}
        ]

    def years(number: int) -> dict[str, object]:
        return {
            "since": f"{1700 + number}",
            "until": "" if number % 2 else f"{1701 + number}",
            "summary": a(number),
            "standing": "contested",
            "standing_note": a(number),
            "citations": cited(number),
        }

    makers = (
        lambda n: ActorFactory(
            name=a(n), slug=a(n), short_name=a(n), summary=a(n), names={"ru": a(n)}
        ),
        lambda n: IssueFactory(
            title=a(n), slug=a(n), question=f"{a(n)}?", summary=a(n), parent=sea
        ),
        lambda n: SourceFactory(title=a(n), publisher=a(n), url=f"https://example.org/{a(n)}"),
        lambda n: StanceFactory(actor=china, issue=canal, **years(n)),
        lambda n: AlignmentFactory(actor=china, counterpart=russia, issue=canal, **years(n)),
        lambda n: MeetingFactory(
            title=a(n),
            place=a(n),
            summary=a(n),
            participants=[{"actor": china}, {"actor": russia}],
            issues=[{"issue": canal, "outcome": a(n)}],
            citations=cited(n),
            since="2019",
        ),
    )
    for number in range(DRAFTS):
        made.append(makers[number % len(makers)](number))
    return made


def edits(known: dict[str, Record]) -> None:
    """Edit what is public, so that its texts at the desk have a word, too."""
    for place, record in enumerate(known.values()):
        word = f"canary{DRAFTS + place}x"
        fields = (
            {"name": word}
            if hasattr(record, "name")
            else {"title": word}
            if hasattr(record, "title")
            else {}
        )
        edit(record, summary=word, **fields)


class Hunt:
    """All that is reached from the first pages, the sitemaps and by suffixes;
    `found` are words by kind of file.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.found = visitor, defaultdict[str, set[str]](set)
        self.pages: set[str] = set()
        self.asked: set[str] = set()
        new = {urlsplit(address).path for address in PAGES}
        while new:
            self.pages |= new
            new = {link for page in new for link in self.links(page)} - self.pages
        for page in sorted(self.pages):
            self.files(page)
        for address in PAGES:
            self.read("page", address)
        self.sitemaps()

    def links(self, page: str) -> set[str]:
        text = "".join(self.read("page", f"{page}{day}") for day in DAYS)
        paths = {
            urlsplit(unescape(link)).path
            for link in re.findall(r'href="(?:http://testserver)?(/[^"#]*)', text)
        }
        return {address for address in paths if is_page(address)}

    def files(self, page: str) -> None:
        base = page.removesuffix("/") or "/index"
        for suffix in FILES:
            for day in DAYS:
                self.read(suffix, f"{base}.{suffix}{day}")

    def sitemaps(self) -> None:
        self.read("robots", "/robots.txt")
        for address in re.findall(
            "<loc>http://testserver([^<]+)</loc>", self.read("sitemap", "/sitemap.xml")
        ):
            self.read("sitemap", address)

    def read(self, kind: str, address: str) -> str:
        """Return what is answered at an address, also where that leads,
        and note the words in it and in its headers.
        """
        if address in self.asked:
            return ""
        self.asked.add(address)
        response = self.visitor.get(address)
        while response.status_code in (301, 302, 308):
            self.note(kind, response.headers["Location"])
            response = self.visitor.get(response.headers["Location"])
        assert response.status_code in (200, 400, 404), (address, response.status_code)
        text = text_of(response.getvalue())
        self.note(kind, f"{text}{response.headers}")
        return text

    def note(self, kind: str, text: str) -> None:
        self.found[kind] |= set(WORD.findall(unquote(text)))


def made_here(function: Callable[..., bytes], *arguments: Any) -> Any:
    """Return a picture as SVG, and whatever else is made by a process of its own as it is."""
    return getattr(arguments[0], "alone", None) or function(*arguments)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Record]:
    """Records about a canal, published as edition 1;
    what is in a PNG can be read, since it is left an SVG.
    """
    monkeypatch.setattr("tracker.public.site.page.run", made_here)
    known = make_every_noun(3)
    publish_whole(*known.values())
    return known


def test_of_two_hundred_drafts_nothing_is_found(visitor: Visitor, known: dict[str, Record]) -> None:
    """On pages, pictures, cards, files, feeds and sitemaps;
    the same hunt finds them once they are public.
    """
    made = drafts(known)
    edits(known)
    hunt = Hunt(visitor)

    assert len(made) == DRAFTS
    assert {kind: words for kind, words in hunt.found.items() if words} == {}
    for kind in ("page", "sitemap", *FILES):
        assert kind in hunt.found, kind
    assert len(hunt.pages) > 30

    publish_whole(*made, *known.values())
    again = Hunt(visitor)
    seen = set().union(*again.found.values())
    assert {kind for kind in ("page", "sitemap", *FILES) if not again.found[kind]} == set()
    assert seen >= {f"canary{number}x" for number in range(DRAFTS + len(known))}


def test_a_draft_is_answered_as_what_never_was(visitor: Visitor, known: dict[str, Record]) -> None:
    """By its address, as a filter, and in search: nothing tells the one from the other."""
    never = "canary999x"  # as long as the words of the drafts that are asked for
    draft_actor, *others = drafts(known)[192:198]

    def answered(address: str, key: object) -> tuple[int, str]:
        response = visitor.client.get(address.format(key), follow=True)
        html = response.getvalue().decode()
        return response.status_code, re.sub(rf"(?<![0-9a-z]){key}(?![0-9a-z])", "…", html)

    for record in (draft_actor, *others):
        noun = Noun(record._meta.model_name)
        key, other = (record.slug, never) if hasattr(record, "slug") else (record.pk, 999_999)
        for suffix in ("/", ".svg", ".card", ".json", ".csv", ".bib"):
            address = f"/{noun.plural}/{{}}{suffix}"
            assert answered(address, key) == answered(address, other), address.format(key)
    for address in (
        "/search/?q={}",
        "/?under={}",
        "/?actor={}",
        "/since/1/?under={}",
        "/pairs/china/{}/",
    ):
        assert answered(address, draft_actor.slug) == answered(address, never), address
