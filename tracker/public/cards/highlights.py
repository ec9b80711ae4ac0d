"""Hits of a search: what a record is called and what it says,
with the words that were looked for marked.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple
from unicodedata import combining, normalize

from django.utils.safestring import SafeString
from msgspec.structs import replace

from tracker.public.cards.cards import SENTENCES, Card, line
from tracker.public.cards.chips import Chip
from tracker.public.cards.context import Body, Context
from tracker.public.cards.wording import name, subject
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values import days
from tracker.values.nearness import other_forms
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

LONGEST = 300  # characters of what a record says
# characters before the first word that is found, and of what is shown around it
BEFORE, PASSAGE = 60, 200
ORDER = (  # of kinds
    Noun.ISSUE,
    Noun.ACTOR,
    Noun.STANCE,
    Noun.ALIGNMENT,
    Noun.MEETING,
    Noun.ACT,
    Noun.VOTE,
    Noun.SOURCE,
)
KINDS = {Noun.STANCE: "position", Noun.ALIGNMENT: "relation"}  # else as they are
SHORT = 4  # letters of the shortest word that is marked in other forms
WORD = re.compile(r'[^\s"()]+')


class Marked(NamedTuple):
    """A piece of text, and whether it is what was looked for."""

    text: str
    is_found: bool

    @property
    def html(self) -> SafeString:
        """Return it as HTML."""
        text = escape(self.text)
        return SafeString(f"<mark>{text}</mark>" if self.is_found else text)


class Hit(NamedTuple):
    """A record that was found:
    what kind it is, its address and title, its chip, when it is of, and what it says.
    """

    kind: str
    address: str
    title: list[Marked]
    chip: Chip | None
    when: str
    text: list[Marked]


def hit(noun: Noun, body: Body, context: Context, words: list[str]) -> Hit:
    """Return how a record is shown among what was found:
    its summary leads, or if it has none, its sentence.
    """
    # the day stands beside it
    title = subject(body) if noun in CLAIMS else name(noun, {**body, "held": None})
    says = body.get("summary") or body.get("question") or line(noun, body, context)
    pieces = list(marked(title, words))
    return Hit(
        KINDS.get(noun, str(noun)),
        context.address(noun, body.get("slug") or body["id"]),
        pieces,
        _chip(noun, body, context),
        _when(noun, body),
        _passage(says, words) or _elsewhere(pieces, body, words) or list(marked(_cut(says), words)),
    )


def _chip(noun: Noun, body: Body, context: Context) -> Chip | None:
    """Return what is said beside the title, but no link."""
    if noun in SENTENCES:
        return replace(Card(noun, body, context).chip, href="")
    return Chip(ActorKind(body["kind"]).label) if noun is Noun.ACTOR else None


def _when(noun: Noun, body: Body) -> str:
    if noun in CLAIMS:
        return days.period(body["since"], body["until"])
    if noun in OCCURRENCES:
        return days.span(body["since"], body["until"])
    dated = body.get(
        {Noun.VOTE: "held", Noun.SOURCE: "issued", Noun.ISSUE: "settled"}.get(noun, "")
    )
    return f"{'settled ' if noun is Noun.ISSUE else ''}{days.at(dated)}" if dated else ""


def words_of(query: str) -> list[str]:
    """Return the words that a query looks for, plain, the longest first."""
    words = [
        plain(word)
        for word in WORD.findall(query)
        if not word.startswith("-") and word.casefold() != "or"
    ]
    return sorted({word for word in words if word}, key=len, reverse=True)


def words_found(hits: Iterable[Hit]) -> set[str]:
    """Return the words that are marked in hits, plain."""
    pieces = (piece for hit in hits for piece in (*hit.title, *hit.text))
    return {plain(piece.text) for piece in pieces if piece.is_found}


def plain(text: str) -> str:
    """Return text without accents and case, as search compares it."""
    return "".join(c for c in normalize("NFKD", text).casefold() if not combining(c))


def marked(text: str, words: list[str]) -> Iterator[Marked]:
    """Yield a text in pieces, those that are one of the words marked, in whichever form."""
    # Each character of the text, made plain, may be none or several:
    # so where each comes from is kept.
    flat, places = "", list[int]()
    for place, character in enumerate(text):
        simple = plain(character)
        flat += simple
        places += [place] * len(simple)
    end = 0
    for match in re.finditer(_pattern(words), flat):
        first, last = places[match.start()], places[match.end() - 1] + 1
        while last < len(text) and combining(text[last]):
            last += 1
        goes_on = match.end() < len(flat) and flat[match.end()].isalnum()
        is_within = bool(match.start()) and flat[match.start() - 1].isalnum()
        if first < end or (
            text[first].isascii() and (is_within or (goes_on and len(match[0]) < SHORT))
        ):
            continue
        if first > end:
            yield Marked(text[end:first], False)
        yield Marked(text[first:last], True)
        end = last
    if end < len(text):
        yield Marked(text[end:], False)


def _pattern(words: list[str]) -> str:
    forms = {
        form
        for word in words
        for form in (word, *(other_forms(word) if len(word) >= SHORT else ()))
        if form
    }
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"


def _cut(text: str, first: int = 0) -> str:
    """Return what stands around the first word that is found, where a text is long."""
    start = max(0, first - BEFORE) if first > PASSAGE else 0
    passage = text[start : start + LONGEST]
    return f"{'… ' if start else ''}{passage}{'…' if start + LONGEST < len(text) else ''}"


def _passage(text: str, words: list[str]) -> list[Marked]:
    """Return a text, cut where it is long to where the words stand; empty if none does."""
    pieces = list(marked(text, words))
    before = 0
    for piece in pieces:
        if piece.is_found:
            return list(marked(_cut(text, before), words))
        before += len(piece.text)
    return []


def _elsewhere(title: list[Marked], record: Body, words: list[str]) -> list[Marked]:
    """Return where else in a record the words stand;
    empty if they do in its title, or nowhere that is shown.
    """
    if any(piece.is_found for piece in title):
        return []
    quotes = (citation["quote"] for citation in record.get("citations", ()))
    outcomes = (issue["outcome"] for issue in record.get("issues", ()))
    texts = filter(None, (*map(record.get, ("question", "standing_note")), *quotes, *outcomes))
    return next(filter(None, (_passage(text, words) for text in texts)), [])
