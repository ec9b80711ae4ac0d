"""How a page is cited: by its frozen address, as text and in the forms that sources come in."""

from typing import Any, NamedTuple

import msgspec
from django.conf import settings

from tracker.formats import bibtex, csl, ris
from tracker.formats.lists import About, Write
from tracker.formats.releases.citation import AUTHOR, TITLE
from tracker.site.dates import Dates
from tracker.values.nouns import Noun


class Citation(NamedTuple):
    """A page to be cited: its title, and where it is for ever."""

    title: str
    url: str
    dates: Dates

    @property
    def text(self) -> str:
        """Return the citation as text."""
        edition = f"edition {self.dates.edition}" if self.dates.edition else "before the first edition"
        day, published = self.dates.on, self.dates.published_at
        of = f" of {day_text(published)}" if published else ""
        title = self.title.translate({ord("“"): "‘", ord("”"): "’"})  # they are within quotation marks
        return f"{AUTHOR}: “{title}”, as of {day_text(day)}. {TITLE}, {edition}{of}. {self.url}"

    @property
    def bibtex(self) -> str:
        """Return the citation for BibTeX."""
        return FORMS["bib"].write(self).decode().strip()

    @property
    def source(self) -> dict[str, Any]:
        """Return the page as a source."""
        published = self.dates.published_at or self.dates.on
        day = f"{published:%Y-%m-%d}"
        return {
            "id": self.dates.edition,
            "ref": f"tracker-{self.dates.edition}-{self.dates.on:%Y%m%d}",
            "type": "webpage",
            "title": f"{self.title} (as of {day_text(self.dates.on)}, edition {self.dates.edition})",
            "authors": [{"literal": AUTHOR}],
            "publisher": None,
            "container_title": TITLE,
            "issued": {"edtf": day, "earliest": day, "latest": day},
            "url": self.url,
            "archive_url": None,
            "accessed_on": None,
            "language": "en",
            "keywords": [],
            "outlet": "unknown",
            "reliability": None,
        }


class Form(NamedTuple):
    """A form of a citation."""

    says: str
    media_type: str
    by: Write

    def write(self, cited: Citation) -> bytes:
        """Return the citation in this form."""
        line = msgspec.json.encode(cited.source) + b"\n"
        return b"".join(self.by([line], About(Noun.SOURCE, None, cited.dates.published_at, "")))


FORMS = {
    "bib": Form("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.write),
    "ris": Form("RIS", "application/x-research-info-systems; charset=utf-8", ris.write),
    "csljson": Form("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl.write),
}


def dataset(name: str, description: str, **more: Any) -> dict[str, Any]:
    """Return what search engines read of data, as JSON-LD."""
    creator = {"@type": "Organization", "name": AUTHOR}
    about = {"name": name, "description": description, "license": settings.DATA_LICENSE, "creator": creator}
    return {"@context": "https://schema.org", "@type": "Dataset", **about, **more}


def day_text(day: Any) -> str:
    """Return a day as people write it."""
    return f"{day.day} {day:%B %Y}"
