"""Changes as an Atom feed (RFC 4287), for feed readers:
the newest first, in pages (RFC 5005, section 3).

An entry reads as in a newsroom:
a headline that says who and what, and what became of each field, in plain words.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from tracker.public.cards import wording
from tracker.public.formats.csv_documents import layout
from tracker.public.formats.releases.citation import spdx
from tracker.public.formats.releases.moves import UNTOLD, Record, differences
from tracker.schema.records import NOUNS
from tracker.values.nouns import Noun
from tracker.values.texts import one_line, printable
from tracker.values.vocabularies import Operation

NEW = {Noun.STANCE: "new position", Noun.ALIGNMENT: "new: how they relate"}


class AtomEntry(NamedTuple):
    """A change in its public form, the record as it is then or was last,
    and the survivor of a merge.

    Of what is withheld the record is empty.
    """

    noun: Noun
    change: Record
    record: Record
    survivor: Record | None = None


class ChangeFeed(Atom1Feed):
    """Django's feed, dated as its edition is, with the links of a page,
    and entries of plain text instead of HTML.

    An entry leads to the page about its record, and for programs to what every edition did to it.
    """

    def latest_post_date(self) -> datetime:
        return self.feed["updated"] or datetime.fromtimestamp(0, UTC)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for link in self.feed["links"]:
            handler.addQuickElement("link", "", link)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement(
            "link", "", {"rel": "alternate", "type": "application/json", "href": item["json"]}
        )
        handler.addQuickElement("content", item["description"], {"type": "text"})


def write(
    entries: Sequence[AtomEntry],
    *,
    own: str,
    root: str,
    links: Mapping[str, str],
    licence: str,
    updated: datetime | None,
) -> bytes:
    """Return a feed of changes, which has the address `own`, or a page of it.

    `links` are addresses by their relation:
    this page's, the first one's, and if there is one the next one's.
    """
    pages = [
        {"rel": relation, "type": "application/atom+xml", "href": address}
        for relation, address in links.items()
    ]
    feed = ChangeFeed(
        f"{settings.TITLE}: what changed",
        f"{root}/",
        None,
        feed_guid=own,
        author_name=settings.TEAM,
        updated=updated,
        feed_copyright=f"The data: {spdx(licence) or licence}",
        links=[*pages, {"rel": "license", "href": licence}],
    )
    for entry in entries:
        change = entry.change
        # One edition changes a record once; the moment tells editions of the same number apart.
        # No name is in it, and no address of the tracker: both may be others one day.
        identity = (
            f"{change['resource']}/{change['id']}/{change['edition']}/{change['published_at']}"
        )
        published = datetime.fromisoformat(change["published_at"])
        record = change["into"] or change["url"]
        feed.add_item(
            printable(headline(entry)),
            root + (record.removeprefix("/api/v1") if NOUNS[entry.noun].has_pages else record),
            printable("\n".join(details(entry))),
            json=root + (change["into"] or f"{change['url']}history/"),
            unique_id=uuid5(NAMESPACE_URL, identity).urn,
            pubdate=published,
            updateddate=published,
            categories=[change["operation"], change["resource"]],
        )
    return feed.writeString("utf-8").encode()


def headline(entry: AtomEntry) -> str:
    """Return who and what, and in brackets what happened to it."""
    return f"{wording.headline(entry.noun, entry.record)} ({_happened(entry)})"


def details(entry: AtomEntry, but: Container[str] = ()) -> Iterator[str]:
    """Yield why, what the edition is about, and what changed from what to what, a line each,
    `but` in these fields.
    """
    change = entry.change
    if change["reason"]:
        yield f"Why: {change['reason']}"
    if change["note"]:
        yield f"Edition {change['edition']}: {change['note']}"
    if entry.survivor:
        yield f"It is part of {wording.headline(entry.noun, entry.survivor)} now."
    for field, (old, new) in _changed(entry):
        if field in but:
            continue
        if _is_named(old) or _is_named(new):
            yield wording.change(field, _name(old), _name(new))
        else:
            yield from differences(entry.noun, {field: old}, {field: new})


def _happened(entry: AtomEntry) -> str:
    match entry.change["operation"]:
        case Operation.PUBLISHED:
            return NEW.get(entry.noun, f"new {entry.noun}")
        case Operation.UPDATED if entry.change["changed"]:
            return (
                f"changed: {', '.join(wording.field_words(field) for field, _ in _changed(entry))}"
            )
        case Operation.RENAMED if entry.change["changed"]:
            names = ", ".join(_renamed(entry))
            return f"a name in it changed: {names}" if names else "an address in it changed"
        case Operation.MERGED if entry.survivor:
            return f"part of {wording.headline(entry.noun, entry.survivor)} now"
        case operation:
            return wording.happened(operation)


def _changed(entry: AtomEntry) -> Iterator[tuple[str, list[Any]]]:
    """Yield the fields that changed in the order of the public form,
    which the database's JSON loses.
    """
    changed = entry.change["changed"]
    fields = [group.field for group in layout(entry.noun) if group.field not in UNTOLD]
    yield from ((field, changed[field]) for field in fields if field in changed)


def _renamed(entry: AtomEntry) -> list[str]:
    """Return which names in a record changed, each once;
    it has the same references as before, in the same places.
    """
    pairs = (zip(_names(old), _names(new), strict=False) for _, (old, new) in _changed(entry))
    return list(
        dict.fromkeys(
            f"{old} is {new} now" for old, new in chain.from_iterable(pairs) if old != new
        )
    )


def _names(value: Any) -> Iterator[str]:
    """Yield the names of all references in a value."""
    if _is_named(value):
        yield _name(value)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _names(part)


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value


def _name(value: Any) -> str:
    return one_line(value["name"]) if _is_named(value) else wording.NO_VALUE
