"""What documents call the records that they refer to: in the latest edition, or if published now.

Who is named by a key alone, as in ballots, keeps the key under which it was published there first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from tracker.models.nouns import DOCUMENTS, RECORDS
from tracker.models.queries import ids_query
from tracker.public.read.keys import BY_SLUG
from tracker.publishing.batch import Batch
from tracker.publishing.live import live
from tracker.publishing.render import reference_of
from tracker.schema import grouping
from tracker.schema.parts import Reference, SourceReference
from tracker.schema.records import SHAPES, read_body
from tracker.values.nouns import Noun

NAME_FIELD = {Noun.ISSUE: "title", Noun.ACTOR: "name", Noun.SOURCE: "title"}
References = dict[tuple[Noun, int], Reference | SourceReference]
Keys = dict[tuple[Noun, int], str]  # by the record that is named


def references(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how documents of the latest edition refer to those
    of the named records that are public.
    """
    return {
        (noun, record): reference_of(noun, *document.key_and_name())
        for noun, records in _by_noun(named).items()
        for record, document in live(noun, records).items()
    }


def names_at_desk(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how records are called at the desk; one query."""
    rows = [_at_desk(noun, records) for noun, records in _by_noun(named).items()]
    if not rows:
        return {}
    return {
        (Noun(noun), record): reference_of(Noun(noun), key, name)
        for noun, record, key, name in rows[0].union(*rows[1:], all=True)
    }


def names_with(batch: Batch, named: Collection[tuple[Noun, int]]) -> References:
    """Return how an edition of this batch refers to those named:
    as published with it, else as they are public.
    """
    published_too = {(noun, record) for noun, record in named if record in batch.get(noun, ())}
    return {
        **references(name for name in named if name not in published_too),
        **names_at_desk(published_too),
    }


def keys_in(noun: Noun, bodies: Mapping[int, str]) -> dict[int, Keys]:
    """Return the keys by which each of these bodies of a noun names records by these alone;
    at most one query a noun.

    A slug, once public, belongs to one record for ever, so one of before still says whose it is.
    """
    shape = SHAPES[noun]
    if not grouping.grouped(shape):
        return {which: {} for which in bodies}
    listed = {
        which: [*grouping.keys(shape, read_body(noun, body))] for which, body in bodies.items()
    }
    slugs: dict[Noun, set[str]] = defaultdict(set)
    for named, slug in chain.from_iterable(listed.values()):
        slugs[named].add(slug)
    owners: dict[tuple[Noun, str], int] = {}
    for named, of in slugs.items():
        documents: QuerySet[Any] = DOCUMENTS[named]._default_manager.all()
        documents = documents.filter(slug__in=of)
        owners |= {
            (named, slug): record
            for slug, record in documents.values_list("slug", "record").distinct()
        }
    return {
        which: {(name[0], owners[name]): name[1] for name in names if name in owners}
        for which, names in listed.items()
    }


def _at_desk(noun: Noun, records: list[int]) -> QuerySet[Any, tuple[str, int, str, str]]:
    key = Cast("slug" if noun in BY_SLUG else "pk", TextField())
    rows = RECORDS[noun]._default_manager.filter(pk__in=ids_query(records))
    return rows.values_list(Value(noun.value), "pk", key, NAME_FIELD[noun])


def _by_noun(named: Iterable[tuple[Noun, int]]) -> dict[Noun, list[int]]:
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in named:
        by_noun[noun].append(record)
    return by_noun
