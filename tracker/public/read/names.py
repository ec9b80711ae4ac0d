"""By which names an edition knows actors and issues,
and which of them stand in what is searched for.

Names are compared as words that search compares: without accents and case, Russian ones as stems.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Set
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from psycopg.sql import SQL, Literal

from tracker.public.read.connection import rows
from tracker.public.read.editions import AsOf
from tracker.public.read.keys import BY_SLUG
from tracker.public.read.search import LEXEME, understood
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.values.nearness import OF_NAMES, all_forms, folded
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

# Words that say nothing of what is looked for;
# a name of nothing else (IS, the Islamic State) is found by another.
EMPTY = frozenset(
    re.findall(
        "[a-z]+",
        """
    a about all also an and any are as at be been between by can could did do does ever for from had has have how i in
    into is it its last latest list many me most much new newest now of on one or our s show tell than that the their
    them then there these they this those to today up was we were what when where which who whom whose why will with
    would you
""",
    )
)
SHORT = 4  # letters of the shortest word of a person's name that stands for the whole
# letters of the shortest word that may be another one misspelled: of fewer are Iran and Iraq
MISSPELLED = 5
MOST_RESPELLED = 6  # words
NAMES = write(
    "{}",
    SQL(" UNION ALL ").join(
        SQL(
            """
            SELECT {noun}, d.slug, d.body::json ->> {called}, coalesce(d.body::json ->> 'kind', ''),
                (
                SELECT json_agg(tsvector_to_array(to_tsvector({config}::regconfig, n)))
                    FROM jsonb_array_elements_text(
                    public.parted(
                        jsonb_build_array(b.doc -> {called}, b.doc -> 'short_name')
                        || jsonb_path_query_array(b.doc, {names}) || jsonb_path_query_array(b.doc,
                            {aliases})
                    )
                ) n WHERE n IS NOT NULL
            )
            FROM {documents} d CROSS JOIN LATERAL (SELECT d.body::jsonb AS doc OFFSET 0) b
                WHERE {live}
            """
        ).format(
            noun=literal(noun),
            called=Literal("title" if noun is Noun.ISSUE else "name"),
            config=Literal("public.tracker"),
            names=Literal("$.names.*"),
            aliases=Literal("$.aliases[*]"),
            documents=table_of(noun),
            live=OF_EDITION.live("d"),
        )
        for noun in sorted(BY_SLUG)
    ),
)


class Named(NamedTuple):
    """An actor or issue that words name:
    its key, what it is called, of an actor its kind, and the words that do.
    """

    noun: Noun
    key: str
    name: str
    kind: str
    words: frozenset[str]


def named_in(text: str, edition: int, stamp: int | None) -> list[Named]:
    """Return which actors and issues of an edition, whose moment is `stamp`, words name,
    in their order.

    Nearly spelled words count, and of a person one name alone, if no other has it.
    What is part of another actor's or issue's name that is there doesn't. Two statements at most.
    """
    words = frozenset(LEXEME.findall(understood(text, AsOf(edition))[1].wide))
    found = dict[tuple[Noun, str], Named]()
    for named in names_of(edition, stamp):
        key = (named.noun, named.key)
        if named.words <= words and (key not in found or found[key].words < named.words):
            found[key] = named
    several = [
        named
        for named in found.values()
        if not any(
            named.words < other.words for other in found.values() if other.noun is named.noun
        )
    ]
    places = {word: place for place, word in reversed(list(enumerate(folded(text).split())))}
    return sorted(
        several, key=lambda named: min(places.get(word, len(places)) for word in named.words)
    )


def named_nearly(
    text: str, edition: int, stamp: int | None, correct: Set[str] = frozenset()
) -> tuple[str, list[Named]]:
    """Return words as names spell them, and the actors and issues that they name then;
    "" if all are spelled so.

    A word that stands in no name becomes the nearest one that does, unless it is correct. At most
    one statement.
    """
    names = names_of(edition, stamp)
    spellings = {word for named in names for word in named.words if len(word) >= MISSPELLED}
    written = folded(text).split()[:MOST_RESPELLED]
    words = [_respelled(word, spellings, correct) for word in written]
    if words == written:
        return "", []
    found = {(named.noun, named.key): named for named in names if named.words <= {*words}}
    return " ".join(words), [*found.values()]


def _respelled(word: str, spellings: Collection[str], correct: Set[str]) -> str:
    if len(word) < MISSPELLED or word in spellings or all_forms(word) & correct:
        return word
    near = get_close_matches(word, spellings, n=1, cutoff=OF_NAMES)
    return near[0] if near else word


@lru_cache(maxsize=4)
def names_of(edition: int, stamp: int | None) -> list[Named]:
    """Return each name of each actor and issue of an edition, whose moment is `stamp`;
    kept, as they can't change.
    """
    every = [
        (
            Named(Noun(noun), key, name, kind, frozenset()),
            [frozenset(words) - EMPTY for words in several or ()],
        )
        for noun, key, name, kind, several in rows(NAMES, {"edition": edition})
    ]
    persons = Counter(
        word
        for named, several in every
        if named.kind == ActorKind.PERSON
        for word in frozenset().union(*several)
    )
    return [
        named._replace(words=words)
        for named, several in every
        for words in _own(named, several, persons)
        if words
    ]


def _own(
    named: Named, several: list[frozenset[str]], persons: Counter[str]
) -> Iterator[frozenset[str]]:
    yield from several
    if named.kind == ActorKind.PERSON:
        every = frozenset[str]().union(*several)
        yield from (
            frozenset({word}) for word in every if len(word) >= SHORT and persons[word] == 1
        )
