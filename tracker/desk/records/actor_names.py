"""What the names and codes of an actor say before it is made:
whom it may be already, and what is doubtful.

The desk's forms and API, files and members that votes name all ask here.
"""

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from tracker.models import Actor
from tracker.values.nearness import OF_NAMES, folded
from tracker.values.vocabularies import ActorKind

NAME_FIELDS = ("name", "short_name", "names", "aliases")
COMPARED = (*NAME_FIELDS, "iso3", "wikidata_id")
# of new actors and those that are here; of more, nearly the same names are not looked for
MOST_PAIRS = 20_000
ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,6}")
NUMBER = re.compile(r"\d+")  # which is no misspelling of another: 1st Fleet, 2nd Fleet
SMALL_WORDS = {"and", "for", "of", "the"}

Mark = tuple[Any, ...]  # its kind, then its value


class Doubt(NamedTuple):
    """What is asked about an actor before it is made. `code` tells a form that it was shown."""

    code: str
    message: str


NO_CODE = Doubt("no_code", "it is a state without a country code")
ABBREVIATED = Doubt("abbreviation", "its name is an abbreviation")


def doubts_about(actor: Actor) -> list[Doubt]:
    """Return what is asked about an actor before it is made.
    Of other kinds than states nothing is.
    """
    if actor.kind != ActorKind.STATE:
        return []
    doubts = [] if actor.iso3 else [NO_CODE]
    if is_abbreviation(actor.name):
        doubts.append(ABBREVIATED)
    return doubts


def is_abbreviation(name: str) -> bool:
    return ABBREVIATION.fullmatch(name) is not None


def marks_of(actor: Actor, fields: Collection[str] = COMPARED) -> dict[Mark, str]:
    """Return by what these fields of an actor are compared with others,
    each with what the two have in common then.
    """
    marks: dict[Mark, str] = {}
    if actor.iso3 and "iso3" in fields:
        marks["iso3", actor.iso3] = f"the same country code, {actor.iso3}"
    if actor.wikidata_id and "wikidata_id" in fields:
        marks["wikidata_id", actor.wikidata_id] = f"the same Wikidata item, {actor.wikidata_id}"
    for name in names_of(actor, fields):
        if key := folded(name):
            marks["name", key] = f"the same name, {name}"
        if is_abbreviation(name):
            marks["initials", name.replace(".", "")] = f"the initials {name}"
    if actor.name and "name" in fields:
        marks["near", actor.kind, actor.iso3, folded(actor.name)] = "nearly the same name"
    return marks


def names_of(actor: Actor, fields: Collection[str] = NAME_FIELDS) -> list[str]:
    """Return the names that these fields of an actor hold."""
    by_field = {
        "name": [actor.name],
        "short_name": [actor.short_name],
        "names": actor.names.values(),
        "aliases": actor.aliases,
    }
    return [name for field, names in by_field.items() if field in fields for name in names if name]


def find_actors(marks: Collection[Mark]) -> Iterator[tuple[Mark, int]]:
    """Yield which actors have marks. All are read, as names are compared without accents."""
    if not marks:
        return
    near = [mark for mark in marks if mark[0] == "near"]
    if near and len(near) * Actor.objects.count() > MOST_PAIRS:
        near = []
    for actor in Actor.objects.only("kind", *COMPARED).order_by("pk").iterator():
        yield from ((mark, actor.pk) for mark in _marks_of_existing(actor) if mark in marks)
        yield from ((mark, actor.pk) for mark in near if _is_near(mark, actor))


def _marks_of_existing(actor: Actor) -> Iterator[Mark]:
    """Yield the marks by which an actor is found:
    a new one that is abbreviated by its initials, too.
    """
    yield from marks_of(actor)
    for name in names_of(actor):
        yield from (("initials", initials) for initials in initials_of(name))


def initials_of(name: str) -> set[str]:
    """Return the first letters of a name's words, with and without small ones,
    as an abbreviation may have them.
    """
    words = re.findall(r"\w+", name)
    large = [word for word in words if word.casefold() not in SMALL_WORDS]
    return {"".join(word[0] for word in some).upper() for some in (words, large) if len(some) > 1}


def _is_near(mark: Mark, actor: Actor) -> bool:
    """Tell whether an actor of the same kind is called nearly so;
    two codes tell two states apart.
    """
    _, kind, iso3, name = mark
    if actor.kind != kind or (iso3 and actor.iso3 and iso3 != actor.iso3):
        return False
    return any(
        _is_spelled_alike(name, folded(other)) for other in names_of(actor, ("name", "aliases"))
    )


def _is_spelled_alike(name: str, other: str) -> bool:
    if not name or name == other or NUMBER.findall(name) != NUMBER.findall(other):
        return False
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    # the first two are quick, and never less than the third
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= OF_NAMES for ratio in ratios)
