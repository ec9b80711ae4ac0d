"""What records are called, also those that are no more: as they were last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import NAMED, address, label, link, with_named
from tracker.history.deleted import last_rows
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun
from tracker.values.problems import Key


@dataclass(frozen=True, slots=True)
class Named:
    """A record by the line it is called by; where it is gone, by the line it was called by."""

    noun: Noun
    id: int
    text: str
    is_gone: bool = False

    def __str__(self) -> str:
        return f"{self.text} (deleted)" if self.is_gone else self.text

    @property
    def value(self) -> str:
        return f"{self.noun}:{self.id}"

    @property
    def address(self) -> str:
        return address(self.noun, self.id, "history" if self.is_gone else "change")

    @property
    def link(self) -> SafeString:
        return link(self.noun, self.id, str(self), "history" if self.is_gone else "change")

    @property
    def review(self) -> SafeString:
        return link(self.noun, self.id, str(self), "history" if self.is_gone else "review")


def names(keys: Iterable[Key]) -> dict[Key, Named]:
    """Return what these records are called; at most three queries more than there are nouns among them."""
    wanted = set(keys)
    named = {key: Named(*key, label(record)) for key, record in _here(wanted).items()}
    lost = with_what_they_named(last_rows(wanted - set(named)))
    named |= {key: Named(*key, label(record), is_gone=True) for key, record in lost.items()}
    return named | {key: Named(*key, f"{key[0]} {key[1]}", is_gone=True) for key in wanted - set(named)}


def with_what_they_named(records: Mapping[Key, Record]) -> dict[Key, Record]:
    """Return records of the past with what `label` reads of others, which may be of the past too; else left out."""
    named = {key: _named(record) for key, record in records.items()}
    wanted = {name for names in named.values() for name in names.values()}
    here = _here(wanted)
    others = {**last_rows(wanted - set(here)), **here}
    for key, record in records.items():
        for field, name in named[key].items():
            if name in others:
                setattr(record, field, others[name])
    return {key: record for key, record in records.items() if set(named[key].values()) <= set(others)}


def _named(record: Record) -> dict[str, Key]:
    fields = [record._meta.get_field(name) for name in NAMED.get(noun_of(record), ())]
    return {field.name: (noun_of(field.related_model), getattr(record, field.attname)) for field in fields}  # type: ignore[arg-type,union-attr]


def _here(keys: Iterable[Key]) -> dict[Key, Record]:
    ids: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in keys:
        ids[noun].append(record)
    return {(noun, record.pk): record for noun, wanted in ids.items() for record in with_named(noun, wanted)}
