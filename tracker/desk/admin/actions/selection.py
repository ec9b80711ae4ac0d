"""What a page of publishing offers:
the records selected, and what they name that readers don't see yet.

What no page of ours can have sent is a bad request.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import ids_by_noun, label, link
from tracker.desk.admin.site.public_status import records_by_key
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.snapshots import load
from tracker.publishing.publish import Chosen
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key
from tracker.values.vocabularies import State

NOT_SENT = "not what the page sent"


@dataclass(frozen=True)
class SelectionRow:
    """One record on the page, and whether its box is ticked."""

    record: Record
    is_ticked: bool

    @cached_property
    def key(self) -> Key:
        return noun_of(self.record), self.record.pk

    @property
    def shown(self) -> str:
        """Return the record as the page sends it back, ticked or not."""
        return f"{self.key[0]}:{self.key[1]}"

    @property
    def reviewed(self) -> str:
        """Return the record at the version that the page shows,
        as it is sent back if it is ticked.
        """
        return f"{self.shown}:{self.record.version}"

    @property
    def label(self) -> str:
        return label(self.record)

    @property
    def link(self) -> SafeString:
        return link(*self.key, self.label)

    @property
    def badge(self) -> SafeString:
        return public_status.badge(public_status.word(self.record))


@dataclass(frozen=True)
class Selection:
    """The rows of a page."""

    selected: list[SelectionRow]
    named: list[SelectionRow]


def first_selection(records: list[Record], *, with_required: bool) -> Selection:
    """Return the page of records just selected;
    with those that must be published with them, ticked if never public.
    """
    public_status.remember(records)
    named = records_by_key(_not_public(records)).values() if with_required else []
    return Selection(
        [SelectionRow(record, True) for record in records],
        [SelectionRow(record, not public_status.was_public(record)) for record in named],
    )


def draft_sources(chosen: Iterable[Chosen]) -> list[Chosen]:
    """Return the sources that records cite and readers don't see, but those that are in review."""
    records = records_by_key((record.noun, record.id) for record in chosen)
    named = records_by_key(_not_public([*records.values()]))
    drafts = [key for key, record in named.items() if record.state == State.EDITING]
    return [Chosen(*key) for key in drafts if key[0] is Noun.SOURCE]


def same_selection(sent: QueryDict) -> Selection:
    """Return the page that was sent back once more, with the records as they are now."""
    ticked = {(record.noun, record.id) for record in reviewed(sent)}
    selected, named = (
        records_by_key(_chosen(text)[:2] for text in sent.getlist(name))
        for name in ("selected", "named")
    )
    return Selection(
        *(
            [SelectionRow(record, key in ticked) for key, record in records.items()]
            for records in (selected, named)
        )
    )


def records_of(sent: Iterable[str]) -> list[Record]:
    return list(records_by_key(_chosen(text)[:2] for text in sent).values())


def reviewed(sent: QueryDict, box: str = "record") -> list[Chosen]:
    """Return the records whose boxes of this name were ticked,
    at the versions that the page showed.
    """
    return [_chosen(text) for text in sent.getlist(box)]


def pinned(records: Iterable[Chosen]) -> str:
    """Return records with their versions, as a page sends them back in one field."""
    return " ".join(f"{record.noun}:{record.id}:{record.version}" for record in records)


def unpinned(noun: Noun | None, text: str) -> list[Chosen]:
    """Return the records that a page sent back, of this noun if it is named."""
    records = [_chosen(pin) for pin in text.split()]
    if any(record.version is None or noun not in (None, record.noun) for record in records):
        raise BadRequest(NOT_SENT)
    return records


def _chosen(text: str) -> Chosen:
    noun, _, rest = text.partition(":")
    key, _, at = rest.partition(":")
    record, version = number(key), number(at)
    if record is None or (at and version is None) or noun not in {*Noun}:
        raise BadRequest(NOT_SENT)
    return Chosen(Noun(noun), record, version)


def _not_public(records: list[Record]) -> list[Key]:
    """Return what records name, directly or through each other, that is not public."""
    new: set[Key] = {(noun_of(record), record.pk) for record in records}
    seen, unpublished = set(new), list[Key]()
    while new:
        ids = ids_by_noun(new).items()
        named = {
            name
            for noun, records in ids
            for snapshot in load(noun, records)
            for name in snapshot.named()
        } - seen
        seen |= named
        new = _without_document(named)
        unpublished += sorted(new)
    return unpublished


def _without_document(keys: set[Key]) -> set[Key]:
    return {
        (noun, record)
        for noun, ids in ids_by_noun(keys).items()
        for record, status in statuses(noun, ids).items()
        if status.version is None
    }
