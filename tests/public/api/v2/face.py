"""What another version would be that calls one field otherwise:
version 1's bodies, projected, at addresses of its own.

A meeting's `place` is its `venue` here. Nothing is rendered or kept anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from django.http import QueryDict
from rest_framework.request import Request

from tracker.public.api.http.renderers import JSON, Forms
from tracker.public.api.queries import PublicQuery
from tracker.public.api.views import RecordDetail, RecordList, RecordView
from tracker.schema.fields import fields
from tracker.schema.filters import Filter, Words
from tracker.schema.parts import Reference, SourceReference
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

NEW = {"place": "venue"}
OLD = {new: old for old, new in NEW.items()}
HERE, THERE = "/api/v1/", "/api/v2/"


def projected(shape: Any, body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with its new names, and with references that lead here."""
    known = fields(shape)
    return {
        NEW.get(name, name): _inside(known[name].type, value) if name in known else value
        for name, value in body.items()
    }


def _inside(kind: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [_inside(kind, part) for part in value]
    if not isinstance(value, dict):
        return value
    if kind in (Reference, SourceReference):
        return {**value, "url": value["url"].replace(HERE, THERE, 1)}
    return (
        projected(kind, value)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
        else value
    )


class Asked(PublicQuery):
    """A query string with the new names."""

    def __init__(self, declared: Iterable[Filter], given: QueryDict) -> None:
        super().__init__(declared, given)
        if "fields" in self.values:
            self.values["fields"] = [OLD.get(name, name) for name in self.values["fields"]]

    def narrowed(self, record: bytes) -> bytes:
        body = msgspec.json.decode(super().narrowed(record))
        return msgspec.json.encode(projected(SHAPES[Noun.MEETING], body))


class Face(RecordView):
    """A view of version 1's meetings in this face."""

    noun = Noun.MEETING

    def forms(self) -> Forms:
        return JSON

    def declared(self) -> Sequence[Filter]:
        """Return what is declared there, by the new names."""
        return [
            _renamed(parameter)
            if isinstance(parameter, Words) and parameter.name == "fields"
            else parameter
            for parameter in super().declared()
        ]

    def query(self, request: Request) -> PublicQuery:
        return Asked(self.declared(), request.query_params)


def _renamed(fields: Words) -> Words:
    return replace(fields, words=tuple(NEW.get(word, word) for word in fields.words))


class Meetings(Face, RecordList):
    """List meetings."""


class Meeting(Face, RecordDetail):
    """Read one meeting."""

    def address(self, key: str) -> str:
        return super().address(key).replace(HERE, THERE, 1)
