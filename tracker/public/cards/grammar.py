"""The grammar of sentences:
pieces of text and names that lead to what they name, articles, agreement, lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString
from msgspec import Struct

from tracker.public.cards.context import Address, Body
from tracker.schema.alignments import pair_of
from tracker.values.nouns import Noun

# English says “the United States supports”, but “China supports”.
TAKES_ARTICLE = frozenset(
    "Agency Alliance Assembly Authority Association Bank Coalition Commission Committee "
    "Commonwealth Community Conference Council Court Emirates Federation Forum Fund Group "
    "Islands Kingdom League Maldives Movement Nations Netherlands Organisation Organization "
    "Partnership Philippines Quad Republic States Summit Taliban Treaty Union".casefold().split()
)


PLURAL = ("allies", "countries", "members", "partners", "powers", "rebels")
# embeddings, overrides and isolates
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
SEVERAL = {"has": "have", "is": "are", "was": "were"}


class Piece(Struct, frozen=True):
    """A piece of a sentence; a name says which record it is of, by its slug or number."""

    text: str
    noun: Noun | None = None
    key: str | int = ""
    href: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        """Return it as HTML; a name's direction is its own."""
        html = f"<bdi>{escape(self.text)}</bdi>" if self.noun else escape(self.text)
        return SafeString(f'<a href="{escape(self.href)}">{html}</a>' if self.href else html)


class Sentence(Struct, frozen=True):
    """Pieces in order; as a str, plain text without line breaks."""

    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())

    @property
    def html(self) -> SafeString:
        """Return it as HTML, with its names as links where they have a page."""
        return SafeString("".join(piece.html for piece in self.pieces))

    def __iter__(self) -> Iterator[Piece]:
        return iter(self.pieces)


def sentence(address: Address, *parts: str | Piece | Iterable[str | Piece]) -> Sentence:
    """Put together texts and names, which get the addresses of their pages;
    the first letter is a capital.
    """
    pieces: list[Piece] = []
    text = ""
    for part in flat(parts):
        if isinstance(part, str):
            text += part
        else:
            pieces += [Piece(text)] if text else []
            pieces.append(
                Piece(
                    part.text,
                    part.noun,
                    part.key,
                    address(part.noun, part.key) if part.noun else "",
                )
            )
            text = ""
    pieces += [Piece(text)] if text else []
    if pieces and not pieces[0].noun:
        pieces[0] = Piece(pieces[0].text[:1].upper() + pieces[0].text[1:])
    return Sentence(tuple(pieces))


def capitalized(parts: Iterable[str | Piece]) -> Iterator[str | Piece]:
    """Yield texts and names that begin a sentence;
    the first letter is a capital, unless a name leads.
    """
    first, *rest = (part for part in parts if part)
    yield first if isinstance(first, Piece) else first[:1].upper() + first[1:]
    yield from rest


def straight(text: str | None) -> str:
    """Return text that stands between words of a sentence without
    what would turn the words after it.
    """
    return (text or "").translate(TURNING)


def flat(parts: Iterable[str | Piece | Iterable[str | Piece]]) -> Iterator[str | Piece]:
    """Yield texts and names out of lists of them."""
    for part in parts:
        if isinstance(part, (str, Piece)):
            yield part
        else:
            yield from part


def takes_article(name: str) -> bool:
    """Tell whether a name takes an article, by its words."""
    words = name.casefold().split()
    return words[:1] != ["the"] and not TAKES_ARTICLE.isdisjoint(words)


def actor(reference: Body) -> list[str | Piece]:
    """Return the name of an actor, with the article if it takes one."""
    return [
        "the " if takes_article(reference["name"]) else "",
        Piece(reference["name"], Noun.ACTOR, reference["slug"]),
    ]


def whose(claim: Body) -> str:
    """Return the name of whose claim it is, or of the two whom it relates."""
    return " and ".join(
        side["name"] for side in (pair_of(claim) if "pattern" in claim else [claim["actor"]])
    )


def agreeing(reference: Body, verbs: Sequence[str], form: int, *, several: bool = False) -> str:
    """Return a verb in the number that an actor's name takes, or several of them.

    The first form is that of now, the last the plain one.
    """
    first, space, rest = verbs[form].partition(" ")
    if not several and not reference["name"].casefold().endswith(PLURAL):
        return verbs[form]
    return SEVERAL[first] + space + rest if first in SEVERAL else verbs[form or -1]


def issue(reference: Body) -> list[str | Piece]:
    """Return the title of an issue in quotation marks."""
    return ["“", Piece(reference["name"], Noun.ISSUE, reference["slug"]), "”"]


def source(reference: Body) -> list[str | Piece]:
    """Return the title of a source in quotation marks."""
    return ["“", Piece(reference["name"], Noun.SOURCE, reference["id"]), "”"]


def first_of(names: Sequence[str], most: int) -> list[str]:
    """Return names, at most so many; of more the first, and how many more there are."""
    return [*names] if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]


def joined(items: Iterable[str | Iterable[str | Piece]], between: str) -> Iterator[str | Piece]:
    """Yield what there is of items, with `between` between them."""
    before = ""
    for item in items:
        if parts := [item] if isinstance(item, str) and item else [*item]:
            yield from (before, *parts)
            before = between


def enumerated(items: Sequence[Iterable[str | Piece]], last: str = "and") -> Iterator[str | Piece]:
    """Yield items one after another: “a, b and c”."""
    for place, item in enumerate(items):
        if place:
            yield f" {last} " if place == len(items) - 1 else ", "
        yield from item
