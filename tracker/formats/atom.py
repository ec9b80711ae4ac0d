"""Changes as an Atom feed (RFC 4287), for feed readers: the newest first."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.formats.csv_json import write_json

ATOM = "http://www.w3.org/2005/Atom"
BEFORE_THE_FIRST = "1970-01-01T00:00:00Z"
Change = dict[str, Any]


def write(changes: Sequence[Change], *, root: str, own: str, updated: datetime | None) -> bytes:
    """Return a feed of changes, each in its public form; `own` is its address, below `root`."""
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "id", root + own)
    _add(feed, "title", "How China and Russia work together: what changed")
    _add(feed, "updated", updated.isoformat() if updated else BEFORE_THE_FIRST)
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=root + own)
    _add(SubElement(feed, "author"), "name", "The tracker")
    for change in changes:
        _entry(SubElement(feed, "entry"), change, root)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: Element, change: Change, root: str) -> None:
    # One edition changes a record once.
    _add(entry, "id", f"{root}{change['url']}history/#{change['edition']}")
    _add(entry, "title", f"{change['resource'].removesuffix('s').capitalize()} {change['key']}: {change['operation']}")
    _add(entry, "updated", change["published_at"])
    SubElement(entry, "category", term=change["operation"])
    SubElement(entry, "category", term=change["resource"])
    SubElement(entry, "link", rel="alternate", href=root + (change["into"] or f"{change['url']}history/"))
    _add(entry, "content", "\n".join(_told(change)), type="text")


def _told(change: Change) -> Iterator[str]:
    if change["note"]:
        yield f"Edition {change['edition']}: {change['note']}"
    if change["into"]:
        yield f"Merged into {change['into']}"
    for field, (old, new) in change["changed"].items():
        yield f"{field}: {_value(old)} → {_value(new)}"


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else write_json(value)


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = "".join(
        char for char in text if char in "\t\n\r" or " " <= char not in "\ufffe\uffff"
    )
