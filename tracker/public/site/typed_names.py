"""Names that readers type into fields of forms: a key, a code, a name, or words of one name."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.text import slugify

from tracker.public.http.parameters import CHARACTERS_SHOWN, Choice
from tracker.public.read import lists
from tracker.public.read.names import named_nearly
from tracker.public.site.dates import Dates, PageQuery
from tracker.public.site.kept import Document
from tracker.schema.filters import Keys
from tracker.values.nearness import has_words
from tracker.values.nouns import Noun

MOST_CHOICES = 8


class NamedKey(NamedTuple):
    """The key of a record, and what a field says for it."""

    key: str
    name: str


def key_typed(typed: str) -> str:
    """Return the key that a reader means:
    a code in capitals as it is, a name in lower case with hyphens.
    """
    return typed if typed.isupper() else slugify(typed) or typed


def find_named(
    query: PageQuery, parameter: Keys, records: Sequence[int | None], dates: Dates
) -> list[NamedKey]:
    """Return which record each value of a parameter names; `records` are those whose keys they are.

    A value that is no key may be words of a name.
    It is a fault if no record has such a name, or several have.
    """
    typed: Sequence[str] = query.values[parameter.name]
    found = [NamedKey(key_typed(text), text) for text in typed]
    for place, record in enumerate(records):
        if record is not None:
            continue
        matches, near = _candidates(parameter.noun, typed[place], dates)
        near = near or _respelled(parameter.noun, typed[place], dates)
        if len(matches) == 1:
            found[place] = matches[0]
        else:
            choices = [_choice(typed, place, candidate) for candidate in matches or near]
            says = _says(parameter.noun, typed[place], matches)
            query.fault(parameter.name, "unknown", says, choices=choices[:MOST_CHOICES])
    return found


def _candidates(noun: Noun, typed: str, dates: Dates) -> tuple[list[NamedKey], list[NamedKey]]:
    """Return the records of which a name has all words, and those that are spelled nearly so."""
    matches, near = list[NamedKey](), list[NamedKey]()
    for body in lists.near(noun, typed, edition=dates.edition, size=lists.MOST_LIKE):
        record = Document(noun, body)
        name = record.get("title") or record["name"]
        candidate = NamedKey(record["slug"], record["slug"] if "," in name else name)
        has_all = any(has_words(name, typed) for name in lists.names_of(body))
        (matches if has_all else near).append(candidate)
    return matches, near


def _respelled(noun: Noun, typed: str, dates: Dates) -> list[NamedKey]:
    _, named = named_nearly(typed, dates.edition, dates.stamp)
    return [NamedKey(each.key, each.name) for each in named if each.noun is noun]


def _choice(typed: Sequence[str], place: int, candidate: NamedKey) -> Choice:
    """Return a candidate with the values of the parameter, in which it takes its place."""
    keys = [*typed[:place], candidate.key, *typed[place + 1 :]]
    return Choice(candidate.name, ",".join(keys))


def _says(noun: Noun, typed: str, matches: Sequence[NamedKey]) -> str:
    shown = typed[:CHARACTERS_SHOWN]
    if not matches:
        return f"no {noun} was ever published under “{shown}”"
    return f"“{shown}” is part of the names of {noun.counted(len(matches))}; choose one"
