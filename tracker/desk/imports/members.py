"""Members that are named with what they cast: which actors are meant, and who can be made one."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from tracker.desk.imports.references import NameIndex
from tracker.desk.merge import survivors
from tracker.models import Actor
from tracker.values import countries
from tracker.values.nearness import OF_NAMES, nearest
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

MOST_NAMES = 20_000


def meant(name: str, called: NameIndex) -> list[int]:
    """Return the actors that may be meant: by a name or code, else by the slug that its name makes, or as a country."""
    actors = called.find(Noun.ACTOR, name)
    if not actors:
        key = Q(slug=slugify(name)) | Q(iso3=countries.code_of(name) or "")
        actors = set(Actor.objects.filter(key).values_list("pk", flat=True))
    merged = survivors(Noun.ACTOR, actors)
    return sorted({merged.get(actor, actor) for actor in actors})


def near(name: str) -> str:
    """Return the name of an actor that is spelled nearly so; "" if none is."""
    return nearest(name, Actor.objects.values_list("name", flat=True)[:MOST_NAMES], OF_NAMES)


def new_member(called: str) -> Actor | None:
    """Return the actor that is to be made for who is called so and isn't here, not written yet.

    None for what looks like a misspelling of somebody who is here, unless it is the name or code of a country.
    """
    code = countries.code_of(called)
    name = countries.name_of(code) or called
    actor = Actor(kind=ActorKind.STATE, name=name, slug=slugify(name), iso3=code)
    return actor if (code or not near(called)) and _is_right(actor) else None


def _is_right(actor: Actor) -> bool:
    try:
        actor.full_clean()
    except ValidationError:
        return False
    return True
