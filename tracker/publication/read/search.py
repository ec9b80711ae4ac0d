"""What a search asks for, as PostgreSQL understands it.

That is one statement, and the page another, into which the query is written out: so PostgreSQL knows, when it plans,
whether a word is rare, and looks it up, or common, and goes through the latest documents until there are enough.
"""

import re
from dataclasses import dataclass
from functools import cache

from tracker.publication.read.connection import one_line, rows
from tracker.publication.read.editions import LATEST, NUMBER, STAMP, Answering, AsOf, By

# As in the function document_words: of these, each character is a word.
UNSPACED = r"[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]"
# Several in a row say no more than one, and PostgreSQL takes some thirty. It passes over operators between them.
MINUSES = re.compile(r"(^|[\s!&|()])-(?:[\s!&|()]*-)+")
RUN = re.compile(rf"(^|\s-|\s|^-)?({UNSPACED}+)")


@dataclass(frozen=True, slots=True)
class Search:
    """A query: what is asked for exactly, and widened by near spellings of names; both as PostgreSQL writes them.

    `finds` says that something must be there, and not only something must not.
    """

    exact: str
    wide: str
    finds: bool


NOTHING = Search("", "", False)


def understood(said: str, as_of: AsOf) -> tuple[Answering, Search]:
    """Return the edition that answers, and what a query asks of it; one statement."""
    parts = said.split('"')  # by turns outside quotation marks and inside them
    latest, number, stamp, exact, wide, finds = rows(
        _statement(as_of.by),
        {
            **as_of.bound(),
            "said": '"'.join(_phrased(part, place % 2 == 1) for place, part in enumerate(parts)),
            "bare": " ".join(word for part in parts[::2] for word in part.split() if not word.startswith("-")),
        },
    )[0]
    return Answering(latest, number, stamp), Search(exact, wide, True) if finds else NOTHING


@cache
def _statement(as_of: By) -> str:
    return one_line(f"""
        SELECT n.latest, n.number, {STAMP.format(number="n.number")}, q.exact::text, q.wide::text,
               querytree(q.exact) NOT IN ('', 'T')
        FROM (SELECT {LATEST} AS latest, {NUMBER[as_of]} AS number OFFSET 0) n
        CROSS JOIN LATERAL public.search_query(%(said)s::text, %(bare)s::text, n.number) q
    """)


def _phrased(part: str, is_quoted: bool) -> str:
    """Return a part of a query with the characters of unspaced scripts as a phrase of words."""

    if not is_quoted:
        part = MINUSES.sub(r"\1-", part)

    def phrase(run: re.Match[str]) -> str:
        spaced = " ".join(run[2])
        return f"{run[1] or ' '}{spaced} " if is_quoted else f'{run[1] or " "}"{spaced}" '

    return RUN.sub(phrase, part)
