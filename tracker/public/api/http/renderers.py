"""The forms in which answers come, besides JSON: asked for by `format` or by `Accept`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.renderers import BaseRenderer, JSONRenderer

from tracker.public.formats import bibtex, csl, csv_documents, ics, json, ris, xlsx
from tracker.public.formats.csv import Table
from tracker.public.formats.lists import Write
from tracker.public.http.costly import run, turn
from tracker.public.http.parameters import Query
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values.nouns import Noun

TEXT: dict[str, Any] = {"type": "string"}
BYTES: dict[str, Any] = {"type": "string", "format": "binary"}


@lru_cache(maxsize=256)
def preferred(accepted: str, media_types: tuple[str, ...]) -> int | None:
    """Return the place of the media type that a header `Accept` prefers;
    None if it takes none of them.
    """
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accepted
    media_type = request.get_preferred_type(media_types)
    return None if media_type is None else media_types.index(media_type)


class FormatRenderer(BaseRenderer):
    """A form; one that `write` writes holds a whole list.
    `narrows` says that single fields can be asked for.

    `has_parts` says that parts of it can be: programs that read tables from an address ask for
    ranges of bytes. `example` is what one record, or change, in this form is an example of.
    """

    write: ClassVar[Write]
    example: ClassVar[str]
    narrows: ClassVar[bool] = False
    has_parts: ClassVar[bool] = False
    schema: ClassVar[dict[str, Any]] = TEXT

    @property
    def content_type(self) -> str:
        """Return the media type, of text with its encoding."""
        return self.media_type if self.schema is BYTES else f"{self.media_type}; charset=utf-8"


class Csv(FormatRenderer):
    """A table that import takes back."""

    format, media_type, write, narrows = "csv", "text/csv", staticmethod(csv_documents.write), True
    has_parts = True
    example = "One record as a table; import takes it back."


class Ndjson(FormatRenderer):
    """One record a line."""

    format, media_type, write, narrows = (
        "ndjson",
        "application/x-ndjson",
        staticmethod(json.write),
        True,
    )
    has_parts = True
    example = "One record a line."


class Xlsx(FormatRenderer):
    """The same table as a workbook, of 20,000 rows at most; import takes it back, too."""

    format, media_type, narrows = "xlsx", xlsx.MEDIA_TYPE, True
    example = "One record as a workbook."
    schema = BYTES

    @staticmethod
    def made(request: HttpRequest, query: Query, name: str, table: Table) -> bytes:
        """Return a table as a workbook; raise BadRequestError, or BusyError if it takes long."""
        try:
            rows = xlsx.encoded(table)
        except xlsx.TooManyRowsError as error:
            query.fault("format", "too_many", str(error))
            query.check()
            raise
        if not xlsx.takes_long(rows):
            return xlsx.workbook(name, *rows)
        with turn(request):
            return run(xlsx.workbook, name, *rows)


class Bibtex(FormatRenderer):
    """A bibliography for LaTeX."""

    format, media_type, write = "bib", "application/x-bibtex", staticmethod(bibtex.write)
    example = "One source as BibTeX."


class CitedBibtex(Bibtex):
    """A bibliography of the sources that the claims of a list cite."""

    example = "The sources that one claim cites, as BibTeX."


class Ris(FormatRenderer):
    """A bibliography for reference managers."""

    format, media_type, write = (
        "ris",
        "application/x-research-info-systems",
        staticmethod(ris.write),
    )
    example = "One source as RIS."


class CslJson(FormatRenderer):
    """A bibliography for citation processors."""

    format, media_type, write = (
        "csljson",
        "application/vnd.citationstyles.csl+json",
        staticmethod(csl.write),
    )
    example = "One source as CSL-JSON."
    schema = {"type": "array", "items": {"type": "object"}}


class Ics(FormatRenderer):
    """A calendar."""

    format, media_type, write = "ics", "text/calendar", staticmethod(ics.write)
    example = "One of them as a calendar."


class Atom(FormatRenderer):
    """A feed for feed readers: the newest first, a headline each;
    the link `next` leads to those before.
    """

    format, media_type = "atom", "application/atom+xml"
    example = "The latest change as a feed."


# The first is what comes to whom any will do.
Forms = Sequence[type[BaseRenderer]]
JSON: Forms = (JSONRenderer,)
OF_ONE: dict[Noun, Forms] = {
    Noun.SOURCE: (*JSON, Bibtex, Ris, CslJson),
    **dict.fromkeys(OCCURRENCES, (*JSON, Ics)),
}
MORE_OF_LISTS: dict[Noun, Forms] = {
    Noun.SOURCE: (Bibtex, Ris, CslJson),
    **dict.fromkeys(OCCURRENCES, (Ics,)),
    **dict.fromkeys(CLAIMS, (CitedBibtex,)),
}
OF_LISTS: dict[Noun, Forms] = {
    noun: (*JSON, Csv, Ndjson, Xlsx, *MORE_OF_LISTS.get(noun, ())) for noun in Noun
}
OF_CHANGES: Forms = (*JSON, Atom)
