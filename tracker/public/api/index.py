"""What is here: the entry to the API, and the codebook, which says what its terms mean."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpResponse, QueryDict
from msgspec import Meta, Struct, defstruct
from rest_framework.request import Request

from tracker.public.api.http.responses import as_json, of_edition, tagged_response
from tracker.public.api.views import PublicView
from tracker.public.read.coverage import facts
from tracker.schema.codebook import codebook
from tracker.schema.examples import Example
from tracker.schema.records import CLAIMS
from tracker.schema.responses import Codebook, Covers
from tracker.values.nouns import Noun

Link = Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]
HERE = {
    **{noun.plural: f"The {noun.plural}." for noun in Noun},
    "editions": "What was published when.",
    "changes": "What changed, in order.",
    "releases": "Editions with a name, to be cited.",
    "agreement": "How much actors agree in votes.",
    "forecasts": "Whether what was expected came about, and how well that was told.",
    "codebook": "What the terms mean.",
    "schema": "This document.",
    "public_schema": "The document of the publication alone, without the desk.",
    "docs": "This document, to be read and tried out.",
}
LINKS = {name: f"/api/v1/{name}/" for name in HERE} | {"public_schema": "/api/v1/schema/public/"}


class Records(Struct, frozen=True):
    """Where all records of a noun are."""

    resource: Annotated[str, Meta(description="The plural in addresses.")]
    url: Annotated[Link, Meta(description="All of them, contested ones too.")]


Entry = defstruct(
    "Index",
    [
        ("edition", Annotated[int, Meta(description="The latest edition; 0 before the first.")]),
        *((name, Annotated[Link, Meta(description=says)]) for name, says in HERE.items()),
        (
            "records",
            Annotated[
                list[Records],
                Meta(
                    description=(
                        "Where all records of an edition are, in the order in which its digest "
                        "takes them."
                    )
                ),
            ],
        ),
        (
            "covers",
            Annotated[
                list[Covers],
                Meta(
                    description=(
                        "Up to which day the latest edition has records, by resource, of votes "
                        "by body too."
                    )
                ),
            ],
        ),
    ],
    namespace={"__doc__": "What is here: addresses by name."},
)
RECORDS = [
    Records(noun.plural, LINKS[noun.plural] + ("?standing=any" if noun in CLAIMS else ""))
    for noun in Noun
]


class Index(PublicView):
    """List what is here, with links."""

    route = ""
    response_struct = Entry
    examples = {"entry": Example("What is here.")}

    def get(self, request: Request) -> HttpResponse:
        """Answer the list of addresses and the number of the latest edition."""
        edition = self.query(request).answering()
        return tagged_response(
            as_json(
                Entry(edition.latest, **LINKS, records=RECORDS, covers=facts(edition.latest).covers)
            ),
            on=of_edition(edition.number, edition.stamp),
            edition=edition.latest,
        )


class CodebookView(PublicView):
    """Read every vocabulary."""

    route = "codebook/"
    response_struct = Codebook
    examples = {"codebook": Example("Every vocabulary.", cut="vocabularies")}
    is_of_an_edition = False

    def get(self, request: Request) -> HttpResponse:
        """Answer what each vocabulary is for, where it is used, and how its terms are coded."""
        self.query(request).check()
        return tagged_response(as_json(codebook()), on="")

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str:
        """Return nothing: it is part of the code."""
        return ""
