"""Changes as an Atom feed (RFC 4287), for feed readers: the newest first, in pages (RFC 5005, section 3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.formats.headlines import Told, details, headline
from tracker.formats.releases.citing import AUTHOR, TITLE, spdx

ATOM = "http://www.w3.org/2005/Atom"
BEFORE_THE_FIRST = "1970-01-01T00:00:00Z"


def write(
    changes: Sequence[Told], *, own: str, root: str, links: Mapping[str, str], licence: str, updated: datetime | None
) -> bytes:
    """Return a feed of changes, which has the address `own`, or a page of it.

    `links` are addresses by their relation: this page's, the first one's, and if there is one the next one's.
    """
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "id", own)
    _add(feed, "title", f"{TITLE}: what changed")
    _add(feed, "updated", updated.isoformat() if updated else BEFORE_THE_FIRST)
    for relation, address in links.items():
        SubElement(feed, "link", rel=relation, type="application/atom+xml", href=address)
    SubElement(feed, "link", rel="alternate", type="text/html", href=f"{root}/")
    SubElement(feed, "link", rel="license", href=licence)
    _add(feed, "rights", f"The data: {spdx(licence) or licence}")
    _add(SubElement(feed, "author"), "name", AUTHOR)
    for told in changes:
        _entry(SubElement(feed, "entry"), told, root)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: Element, told: Told, root: str) -> None:
    change = told.change
    # One edition changes a record once; the moment tells editions of the same number apart. No name is in it, and no
    # address of the tracker: both may be others one day.
    said = f"{change['resource']}/{change['id']}/{change['edition']}/{change['published_at']}"
    _add(entry, "id", uuid5(NAMESPACE_URL, said).urn)
    _add(entry, "title", headline(told))
    _add(entry, "updated", change["published_at"])
    _add(entry, "published", change["published_at"])
    SubElement(entry, "category", term=change["operation"])
    SubElement(entry, "category", term=change["resource"])
    SubElement(entry, "link", rel="alternate", href=root + (change["into"] or f"{change['url']}history/"))
    _add(entry, "content", "\n".join(details(told)), type="text")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = "".join(
        char for char in text if char in "\t\n\r" or " " <= char not in "\ufffe\uffff"
    )
