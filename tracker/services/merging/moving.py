"""The desk's part of a merge: what named the loser names the survivor, which gains what only the loser had."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models

from tracker.models import Actor
from tracker.models.nouns import PARTS
from tracker.services.merging.naming import records
from tracker.services.merging.planning import Plan
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing


def move(what: Plan) -> None:
    """Do what a plan says at the desk; its records are locked."""
    for column, rows in what.dropped.items():
        for ids in chunks(rows):
            column.rows.filter(pk__in=ids).delete()
    for column, rows in what.moved.items():
        for ids in chunks(rows):
            column.rows.filter(pk__in=ids).update(**{column.name: what.survivor})
    _contest(what)
    for part, model in PARTS[what.noun].items():
        model._default_manager.bulk_create(_lacking(what, part, model))
    if what.noun is Noun.ACTOR:
        _add_names(what)
    records(what.noun).filter(pk=what.loser).update(merged_into=what.survivor)


def _contest(what: Plan) -> None:
    """Mark the claims that would be accepted beside another as contested, and say why."""
    names = {row.pk: str(row) for row in records(what.noun).filter(pk__in=(what.loser, what.survivor))}
    since = f"since “{names[what.loser]}” was merged into “{names[what.survivor]}”."
    for claims, rivals in what.contested.items():
        rows = list(records(claims).filter(pk__in=rivals))
        for row in rows:
            row.standing = Standing.CONTESTED
            row.standing_note = f"Rival of {claims} {rivals[row.pk]}, {since}"
        records(claims).bulk_update(rows, ["standing", "standing_note"], batch_size=1000)


def _lacking(what: Plan, part: str, model: type[models.Model]) -> Iterator[models.Model]:
    """Yield copies of the parts that only the loser has, for the survivor."""
    owner = f"{what.noun}_id"
    once = next((c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)), ())
    fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
    said = [field.attname for field in fields if field.attname != owner]
    telling = [field.attname for field in fields if field.name in once and field.attname != owner] or said
    rows = model._default_manager.filter(**{f"{what.noun}__in": [what.loser, what.survivor]}).order_by("pk")
    held = {_values(row, telling) for row in rows if getattr(row, owner) == what.survivor}
    for row in rows:
        if getattr(row, owner) == what.loser and _values(row, telling) not in held and not _names_survivor(what, row):
            yield model(**{owner: what.survivor}, **{name: getattr(row, name) for name in said})


def _values(row: models.Model, names: list[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _names_survivor(what: Plan, row: models.Model) -> bool:
    return what.noun is Noun.ACTOR and getattr(row, "organization_id", None) == what.survivor


def _add_names(what: Plan) -> None:
    """Let the survivor be found by the names of the loser, in the languages in which it has none by them too."""
    actors = Actor.objects.in_bulk([what.loser, what.survivor])
    loser, survivor = actors[what.loser], actors[what.survivor]
    known = {survivor.name, survivor.short_name, *survivor.aliases}
    other = chain((loser.name, loser.short_name), loser.aliases)
    aliases = [*survivor.aliases, *dict.fromkeys(name for name in other if name and name not in known)]
    names = {**loser.names, **survivor.names}
    if (aliases, names) != (survivor.aliases, survivor.names):
        Actor.objects.filter(pk=survivor.pk).update(aliases=aliases, names=names)
