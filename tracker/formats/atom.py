"""Changes as an Atom feed (RFC 4287), for feed readers: the newest first, in pages (RFC 5005, section 3)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from tracker.formats.headlines import Told, details, headline
from tracker.formats.releases.citation import AUTHOR, TITLE, spdx


class ChangeFeed(Atom1Feed):
    """Django's feed, dated as its edition is, with the links of a page, and entries of plain text instead of HTML."""

    def latest_post_date(self) -> datetime:
        return self.feed["updated"] or datetime.fromtimestamp(0, UTC)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for link in self.feed["links"]:
            handler.addQuickElement("link", "", link)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "text"})


def write(
    changes: Sequence[Told], *, own: str, root: str, links: Mapping[str, str], licence: str, updated: datetime | None
) -> bytes:
    """Return a feed of changes, which has the address `own`, or a page of it.

    `links` are addresses by their relation: this page's, the first one's, and if there is one the next one's.
    """
    pages = [{"rel": relation, "type": "application/atom+xml", "href": address} for relation, address in links.items()]
    feed = ChangeFeed(
        f"{TITLE}: what changed", f"{root}/", None, feed_guid=own, author_name=AUTHOR, updated=updated,
        feed_copyright=f"The data: {spdx(licence) or licence}", links=[*pages, {"rel": "license", "href": licence}],
    )  # fmt: skip
    for told in changes:
        change = told.change
        # One edition changes a record once; the moment tells editions of the same number apart. No name is in it, and
        # no address of the tracker: both may be others one day.
        said = f"{change['resource']}/{change['id']}/{change['edition']}/{change['published_at']}"
        published = datetime.fromisoformat(change["published_at"])
        feed.add_item(
            _text(headline(told)),
            root + (change["into"] or f"{change['url']}history/"),
            _text("\n".join(details(told))),
            unique_id=uuid5(NAMESPACE_URL, said).urn,
            pubdate=published,
            updateddate=published,
            categories=[change["operation"], change["resource"]],
        )
    return feed.writeString("utf-8").encode()


def _text(text: str) -> str:
    """Return text without the characters that XML can't hold, which Django refuses."""
    return "".join(char for char in text if char in "\t\n\r" or " " <= char not in "\ufffe\uffff")
