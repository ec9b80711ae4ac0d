"""Keys that belong to one record each: whose each is here."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet

from tracker.desk.records.fields import Layout
from tracker.models.nouns import DOCUMENTS, records_of
from tracker.models.queries import rows_of
from tracker.values.addresses import shortened
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

LARGEST_ID = 2**31 - 1
KINDS = ("ref", "slug", "iso3")  # and of sources the address, with the day and the archived copy
FOR_EVER = ("ref", "slug")  # once public
PUBLIC = "it belongs to {0} for ever, which was public with it"
COLUMNS = {"address": "url_key"}  # in which a kind of key is kept, where that has another name
FIELD = {"address": "url"}  # the field of a key, where it isn't called the same


class Identity(NamedTuple):
    """An id, None if there is none, and keys by kind."""

    id: int | None
    keys: dict[str, Hashable]


def normalised(urls: Sequence[str]) -> list[str]:
    """Return what other spellings of each address have in common with it, as the database sees it."""
    if not any(urls):
        return [""] * len(urls)
    query = "SELECT public.normalised_url(url) FROM unnest(%s::text[]) WITH ORDINALITY AS u (url, n) ORDER BY n"
    return [url for (url,) in rows_of(query, [[shortened(url) for url in urls]])]


def owners(layout: Layout, identities: Sequence[Identity]) -> dict[tuple[str, Hashable], int]:
    """Return which record has which id or key here, a statement for each kind of key."""
    held: dict[tuple[str, Hashable], int] = {}
    ids = [identity.id for identity in identities if identity.id]
    if ids:
        held |= {("id", pk): pk for pk in records_of(layout.noun).filter(pk__in=ids).values_list("pk", flat=True)}
    for kind in KINDS:
        if keys := [identity.keys[kind] for identity in identities if kind in identity.keys]:
            having = records_of(layout.noun).filter(**{f"{kind}__in": keys})
            pairs = (having.unmerged() if kind == "iso3" else having).values_list(kind, "pk")
            held |= {(kind, key): pk for key, pk in pairs}
    addresses: list[Any] = [identity.keys["address"] for identity in identities if "address" in identity.keys]
    if addresses:
        columns = ("url_key", "issued", "archive_url", "pk")
        sources = records_of(layout.noun).exclude(url="").filter(url_key__in=[url for url, _, _ in addresses])
        survivors_last = sources.order_by(models.F("merged_into").asc(nulls_last=True))
        held |= {("address", tuple(key)): pk for *key, pk in survivors_last.values_list(*columns)}
    return held


def public_owners(layout: Layout, identities: Sequence[Identity]) -> dict[tuple[str, Hashable], int]:
    """Return which record was ever public with which key, and has it for ever; a statement for each kind of key."""
    documents: QuerySet[Any] = DOCUMENTS[layout.noun]._default_manager.all()
    held: dict[tuple[str, Hashable], int] = {}
    for kind in FOR_EVER:
        if keys := [identity.keys[kind] for identity in identities if kind in identity.keys]:
            owned = documents.filter(**{f"{kind}__in": keys}).values_list(kind, "record").distinct()
            held |= {(kind, key): record for key, record in owned}
    return held


def taken_keys(layout: Layout, record: Any, changed: set[str]) -> list[Problem]:
    """Return which keys of a record, whose fields have changed, are another's."""
    keys: dict[str, Any] = {kind: value for kind in KINDS if kind in changed and (value := getattr(record, kind))}
    if changed & {"url", "issued", "archive_url"} and layout.noun is Noun.SOURCE and record.url:
        keys["address"] = (*normalised([record.url]), record.issued, record.archive_url)
    held = owners(layout, [Identity(None, keys)]) if keys else {}
    others = {kind: owner for kind, key in keys.items() if (owner := held.get((kind, key), record.pk)) != record.pk}
    remedy = "use that one, or change it"
    return [
        Problem("taken", "it is that of {0}", (FIELD.get(kind, kind),), remedy=remedy, others=((layout.noun, owner),))
        for kind, owner in others.items()
    ] + public_keys(layout, record, changed - others.keys())


def public_keys(layout: Layout, record: Any, changed: Collection[str]) -> list[Problem]:
    """Return which keys of a record, whose fields have changed, were ever public of another."""
    keys = {kind: value for kind in FOR_EVER if kind in changed and (value := getattr(record, kind))}
    held = public_owners(layout, [Identity(None, keys)])
    return [
        Problem("taken", PUBLIC, (kind,), remedy="choose another", others=((layout.noun, owner),))
        for (kind, _), owner in held.items()
        if owner != record.pk
    ]
