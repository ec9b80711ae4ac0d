"""Members that are named with what they cast: which actors are meant, and who can be made one."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from tracker.desk.imports.references import NameIndex
from tracker.desk.merge import survivors
from tracker.desk.records.actor_names import doubts_about, marks_of
from tracker.desk.records.duplicates import Candidate, find_duplicates
from tracker.models import Actor
from tracker.values import countries
from tracker.values.nearness import OF_NAMES, nearest
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

MOST_NAMES = 20_000


class NewMember(NamedTuple):
    """An actor that can be made. Why it is asked about first;
    nothing if its name and code are plain.
    """

    actor: Actor
    doubts: list[str]

    @property
    def line(self) -> str:
        return f"{self.actor.name}: {'; '.join(self.doubts)}" if self.doubts else self.actor.name


def meant(name: str, called: NameIndex) -> list[int]:
    """Return the actors that may be meant:
    by a name or code, else by the slug that its name makes.
    """
    actors = called.find(Noun.ACTOR, name)
    if not actors:
        actors = set(Actor.objects.filter(slug=slugify(name)).values_list("pk", flat=True))
    merged = survivors(Noun.ACTOR, actors)
    return sorted({merged.get(actor, actor) for actor in actors})


def near(name: str) -> str:
    """Return the name of an actor that is spelled nearly so; "" if none is."""
    return nearest(name, Actor.objects.values_list("name", flat=True)[:MOST_NAMES], OF_NAMES)


def slug_of_member(name: str) -> str:
    """Return the slug of the actor that is to be made for a name or code."""
    return slugify(_full_name(name))


def _full_name(name: str) -> str:
    return countries.name_of(countries.code_of(name)) or name


def new_members(names: Iterable[str]) -> dict[str, NewMember]:
    """Return by slug the actors that can be made for names that nobody here has, not written yet.

    A misspelling, an alias or an abbreviation of somebody who is here may be among them,
    and is doubtful.
    """
    actors: dict[str, Actor] = {}
    for name in names:
        actor = Actor(kind=ActorKind.STATE, name=_full_name(name), slug=slug_of_member(name))
        actor.iso3 = countries.code_of(name)
        actors[actor.slug] = actor
    right = {slug: actor for slug, actor in actors.items() if _is_right(actor)}
    candidates = [Candidate(marks=marks_of(actor)) for actor in right.values()]
    alike = find_duplicates(Noun.ACTOR, candidates)
    called_so = Actor.objects.in_bulk({record for records in alike for record in records})
    return {
        slug: NewMember(actor, _doubts(actor, [called_so[record].name for record in records]))
        for (slug, actor), records in zip(right.items(), alike, strict=True)
    }


def _doubts(actor: Actor, others: list[str]) -> list[str]:
    doubts = [doubt.message for doubt in doubts_about(actor)]
    return [f"it may be {' or '.join(others)}", *doubts] if others else doubts


def _is_right(actor: Actor) -> bool:
    try:
        actor.full_clean()
    except ValidationError:
        return False
    return True
