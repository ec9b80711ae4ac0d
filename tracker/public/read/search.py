"""What a search asks for, as PostgreSQL understands it.

That is one statement, and the page another, into which the driver writes the query: so PostgreSQL
knows, when it plans, whether a word is rare, and looks it up, or common, and goes through the
latest documents until there are enough.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from psycopg.sql import Literal

from tracker.public.read.connection import rows
from tracker.public.read.editions import AnsweringEdition, AsOf
from tracker.public.read.sql import LATEST, NUMBER, By, stamp, write
from tracker.public.read.synonyms import with_synonyms
from tracker.values.nearness import other_forms

# As in the function parted:
# of these, each character is a word, and at these a symbol (A/RES/71/102) has its joints.
UNSPACED = r"[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]"
# Several in a row say no more than one, and PostgreSQL takes some thirty.
# It passes over operators between them.
MINUSES = re.compile(r"(^|[\s!&|()])-(?:[\s!&|()]*-)+")
JOINT = re.compile(r"[/.~@<>&+]|(?<=[^\s-])-(?=[0-9])")
WORD = re.compile(r"(-?)(\S+)")
# a word of a query as PostgreSQL writes it, between apostrophes
LEXEME = re.compile(r"(?<!\x27)\x27([^\x27]+)\x27")
ENGLISH = re.compile("[a-z]{4,}")  # what may be
RUN = re.compile(rf"(^|\s-|\s|^-)?({UNSPACED}+)")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query: what is asked for exactly, and widened by near spellings of names, and by other
    forms of what stands outside quotation marks; both as PostgreSQL writes them.

    `name` is what a record would be called that is called just so.
    `finds` says that something must be there, and not only something must not.
    """

    exact: str
    wide: str
    name: str
    finds: bool


# what is left of a query that only says what must not be there, in PostgreSQL's words
SAYS_NOTHING = ["", "T"]
NOTHING = SearchQuery("", "", "", False)


def understood(text: str, as_of: AsOf) -> tuple[AnsweringEdition, SearchQuery]:
    """Return the edition that answers, and what a query asks of it; one statement."""
    text = normalize("NFC", text)
    bare = " ".join(
        word for part in text.split('"')[::2] for word in part.split() if not word.startswith("-")
    )
    latest, number, stamp, exact, wide, name, finds = rows(
        _statement(as_of.by),
        {
            **as_of.bound(),
            "said": _alternately(_alternately(with_synonyms(text), _jointed), _phrased),
            "bare": JOINT.sub(" ", bare),
            "name": " ".join(text.replace('"', " ").split()).casefold(),
        },
    )[0]
    return AnsweringEdition(latest, number, stamp), (
        SearchQuery(exact, _in_any_form(wide, text), name, True) if finds else NOTHING
    )


def _in_any_form(query: str, text: str) -> str:
    """Return a query that finds words in other forms too, but for those that are quoted."""
    quoted = {word.casefold() for part in text.split('"')[1::2] for word in part.split()}

    def any_form(word: re.Match[str]) -> str:
        if word[1] in quoted or not ENGLISH.fullmatch(word[1]):
            return word[0]
        forms = (word[1], *other_forms(word[1]))
        either = " | ".join(word[0].replace(word[1], form) for form in forms)
        return f"( {either} )"

    return LEXEME.sub(any_form, query)


@cache
def _statement(as_of: By) -> str:
    # OFFSET 0: each number is looked up once, wherever it is used.
    return write(
        """
        SELECT n.latest, n.number, {}, q.exact::text, q.wide::text,
               lower(public.unaccent('public.unaccent', %(name)s::text)),
                   querytree(q.exact) <> ALL({})
        FROM (SELECT {} AS latest, {} AS number OFFSET 0) n
        CROSS JOIN LATERAL public.search_query(%(said)s::text, %(bare)s::text, n.number) q
        """,
        stamp("n.number"),
        Literal(SAYS_NOTHING),
        LATEST,
        NUMBER[as_of],
    )


def _jointed(part: str, is_quoted: bool) -> str:
    """Return a part of a query with each symbol as a phrase of its parts."""
    if is_quoted:
        return JOINT.sub(" ", part)

    def phrase(word: re.Match[str]) -> str:
        parts = JOINT.sub(" ", word[2]).split()
        return f'{word[1]}"{" ".join(parts)}"' if len(parts) > 1 else f"{word[1]}{''.join(parts)}"

    return WORD.sub(phrase, MINUSES.sub(r"\1-", part))


def _phrased(part: str, is_quoted: bool) -> str:
    """Return a part of a query with the characters of unspaced scripts as a phrase of words."""

    def phrase(run: re.Match[str]) -> str:
        spaced = " ".join(run[2])
        return f"{run[1] or ' '}{spaced} " if is_quoted else f'{run[1] or " "}"{spaced}" '

    return RUN.sub(phrase, part)


def _alternately(text: str, change: Callable[[str, bool], str]) -> str:
    """Return a query with its parts changed,
    which are by turns outside quotation marks and inside them.
    """
    return '"'.join(change(part, place % 2 == 1) for place, part in enumerate(text.split('"')))
