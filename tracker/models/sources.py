"""Sources: documents of somebody else's that claims cite, described as CSL describes them.

One address can be several sources: a page changes, so a source is unique by its normalised address
together with its day and its archived copy. One that passes on another says so (`derives_from`),
without circles: the two are one origin.
"""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from tracker.models.constraints import (
    UniqueByDigest,
    days_of_the_calendar,
    few,
    has_come,
    has_none,
    is_json,
    known_terms,
    plain_lists,
    says_something,
)
from tracker.models.documents import Document, document_indexes, document_rules, public_columns
from tracker.models.fields import (
    AddressField,
    AuthorsField,
    CopyAddressField,
    DayField,
    LanguageField,
    LineField,
    ReferenceField,
    TermField,
    TextsField,
    VagueDateField,
    first_day,
    last_day,
)
from tracker.models.indexes import NOT_ARCHIVED, listed_by, search_index, texts_of
from tracker.models.merging import UNMERGED, survivor
from tracker.models.records import Record, days_of, record_constraints, record_indexes
from tracker.models.triggers import Trigger
from tracker.values.csl import SourceType
from tracker.values.vocabularies import Outlet, Reliability

NAMELESS = (
    '$[*] ? (@.type() != "object" || !(exists(@.keyvalue() ? '
    '((@.key == "family" || @.key == "literal") && @.value.type() == "string" && @.value != ""))))'
)
NO_TEXT = '$[*].* ? (@.type() != "string" && @.type() != "boolean" && @.type() != "null")'


class Source(Record):
    """One published document of somebody else's."""

    type = TermField(SourceType)
    title = LineField("The title as published.", max_length=500, required=True)
    english_title = LineField(
        "A translation of the title, if it is in another language than English.", max_length=500
    )
    authors = AuthorsField(
        "CSL names, in order: [{“family”: “Stokes”, “given”: “Jacob”}], or {“literal”: “…”} "
        "for a body.",
    )
    publisher = LineField("Who published it.")
    container_title = LineField("The journal, site or book that it is part of.")
    issued = VagueDateField("When it was published.")
    url = AddressField("Where it is found.", verbose_name="web address")
    archive_url = CopyAddressField(
        "An archived copy.", verbose_name="web address of the archived copy"
    )
    accessed_on = DayField("The day it was last read there.")
    language = LanguageField("Its language, as a BCP 47 tag.")
    keywords = TextsField("Topics, as the source gives them.")
    outlet = TermField(Outlet, default=Outlet.UNKNOWN)
    reliability = TermField(Reliability, blank=True, default="")
    derives_from = ReferenceField(
        "self",
        "The source that this one passes on: as a copy, a reprint, a translation. A source "
        "that stands for all reports of an agency will do, if it isn’t known which.",
        null=True,
        related_name="derived",
    )
    merged_into = survivor()
    issued_earliest = first_day("issued")
    issued_latest = last_day("issued")
    url_key = models.GeneratedField(
        expression=models.Func("url", function="normalised_url", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
        help_text="What two spellings of its address have in common.",
    )

    class Meta:
        indexes = [
            *record_indexes("source"),
            search_index(
                "source",
                "title",
                "english_title",
                "publisher",
                "container_title",
                "url",
                "archive_url",
                "ref",
                texts_of("authors"),
            ),
            *listed_by("source", "issued_latest", "outlet", "reliability", "type"),
            models.Index(fields=["id"], condition=NOT_ARCHIVED, name="source_not_archived"),
            models.Index(
                models.Func("archive_url", function="normalised_url"),
                name="source_archive_address",
                condition=~models.Q(archive_url=""),
            ),
        ]
        constraints = [
            *record_constraints("source"),
            *known_terms(
                "source",
                optional=("reliability",),
                type=SourceType,
                outlet=Outlet,
                reliability=Reliability,
            ),
            has_come("source", "accessed_on"),
            is_json("source", "authors", "array", "write a list of CSL names."),
            has_none(
                "source",
                "authors",
                NAMELESS,
                "authors_have_a_name",
                "give each author a “family” or “literal”.",
            ),
            has_none(
                "source",
                "authors",
                NO_TEXT,
                "authors_hold_texts",
                "write each part of a name as a text.",
            ),
            days_of_the_calendar("source", "accessed_on"),
            *plain_lists("source", "keywords"),
            says_something("source_has_a_title", "title", "write one, of letters that are seen."),
            *few("source", 200, "keywords"),
            UniqueByDigest(
                fields=["url_key", "issued", "archive_url"],
                digested=("archive_url",),
                condition=~models.Q(url="") & UNMERGED,
                name="source_once_per_address_and_day",
                violation_error_code="url",
                violation_error_message=(
                    "this address is a source already; tell them apart by “issued” or "
                    "“archive_url”, or use that source."
                ),
            ),
        ]

    triggers = (
        Trigger(
            "is_not_its_own_origin",
            "BEFORE INSERT OR UPDATE OF derives_from_id",
            "keep_origins",
            condition="NEW.derives_from_id IS NOT NULL",
        ),
    )

    def document_columns(self) -> dict[str, Any]:
        return {"issued": days_of(self, "issued")}

    def __str__(self) -> str:
        return self.title


@public_columns(Source)
class SourceDocument(Document):
    """A source as readers see or saw it."""

    sort = models.TextField()
    issued = DateRangeField(null=True)

    class Meta:
        constraints = document_rules("source_document")
        indexes = [
            *document_indexes("source", ever=["derives_from"]),
            models.Index(
                models.Func("issued", function="lower"),
                "opened",
                "gone",
                name="source_document_issued",
            ),
        ]
