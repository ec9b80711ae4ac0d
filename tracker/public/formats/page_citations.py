"""How a page is cited: by its frozen address, as text and in BibTeX."""

from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils.text import slugify

from tracker.public.formats import bibtex
from tracker.public.formats.lists import About
from tracker.values import days
from tracker.values.nouns import Noun

MEDIA_TYPE = "application/x-bibtex; charset=utf-8"
SEPARATORS = {ord(sign): " " for sign in "/?&=,%+"}


class PageCitation(NamedTuple):
    """A page to be cited: its title, and where it is for ever;
    a day in the world, and the edition that tells of it.

    Before the first edition, its number is 0 and its moment None.
    """

    title: str
    url: str
    on: date
    edition: int
    published_at: datetime | None

    @property
    def text(self) -> str:
        edition = f"edition {self.edition}" if self.edition else "before the first edition"
        of = f" of {days.day(self.published_at)}" if self.published_at else ""
        # they are within quotation marks
        title = self.title.translate({ord("“"): "‘", ord("”"): "’"})
        return (
            f"{self.author}: “{title}”, as of {days.day(self.on)}. {settings.TITLE}, "
            f"{edition}{of}. {self.url}"
        )

    @property
    def author(self) -> str:
        return settings.TEAM

    @property
    def bibtex(self) -> bytes:
        """Return the citation as a file in BibTeX."""
        line = msgspec.json.encode(self.source) + b"\n"
        about = About(Noun.SOURCE, None, self.published_at, "")
        return b"".join(bibtex.write([line], about))

    @property
    def key(self) -> str:
        """Return what bibliographies call the page:
        by its address, so that two pages never share one.
        """
        address = urlsplit(self.url)
        return slugify(f"tracker {address.path} {address.query}".translate(SEPARATORS))

    @property
    def source(self) -> dict[str, Any]:
        """Return the page as a source."""
        day = f"{self.published_at or self.on:%Y-%m-%d}"
        return {
            "id": None,
            "ref": self.key,
            "type": "webpage",
            "title": f"{self.title} (as of {days.day(self.on)}, edition {self.edition})",
            "authors": [{"literal": self.author}],
            "publisher": None,
            "container_title": settings.TITLE,
            "issued": {"edtf": day, "earliest": day, "latest": day},
            "url": self.url,
            "archive_url": None,
            "accessed_on": None,
            "language": "en",
            "keywords": [],
            "outlet": "unknown",
            "reliability": None,
        }
