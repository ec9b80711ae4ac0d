"""How a page is cited: by its frozen address, as text and in the forms that sources come in."""

from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils.text import slugify

from tracker.public.formats import bibtex, csl, ris
from tracker.public.formats.lists import About, Write
from tracker.values import days
from tracker.values.nouns import Noun

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
            f"{settings.TEAM}: “{title}”, as of {days.day(self.on)}. {settings.TITLE}, "
            f"{edition}{of}. {self.url}"
        )

    @property
    def bibtex(self) -> str:
        return FORMS["bib"].write(self).decode().strip()

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
            "authors": [{"literal": settings.TEAM}],
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


class CitationFormat(NamedTuple):
    """A form of a citation."""

    says: str
    media_type: str
    by: Write

    def write(self, cited: PageCitation) -> bytes:
        """Return the citation in this form."""
        line = msgspec.json.encode(cited.source) + b"\n"
        return b"".join(self.by([line], About(Noun.SOURCE, None, cited.published_at, "")))


FORMS = {
    "bib": CitationFormat("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.write),
    "ris": CitationFormat("RIS", "application/x-research-info-systems; charset=utf-8", ris.write),
    "csljson": CitationFormat(
        "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl.write
    ),
}
