"""Sources in public: their shape, and the filters over them."""

from datetime import date
from typing import Annotated, Any

from django.db.models import Q
from msgspec import Meta, Struct

from tracker.schema.days import FIRST, LAST, FirstDay, LastDay
from tracker.schema.examples import Example, Examples
from tracker.schema.filters import Filter, Flag, Keys
from tracker.schema.markers import AnyOf, DefaultOrder, SinceShape
from tracker.schema.ordering import Order, day_or_none
from tracker.schema.parts import Id, Ref, ToSource, VagueDate
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Outlet, Reliability

LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


class Source(Struct, frozen=True, kw_only=True):
    """One published document of somebody else's, described as CSL describes it."""

    id: Id
    ref: Ref
    type: Annotated[SourceType, AnyOf("Sources of these CSL types.")]
    title: Annotated[str, Meta(description="The title as published."), DefaultOrder()]
    english_title: Annotated[
        str | None,
        Meta(
            description="The title in English, if the source has another; null: none is recorded."
        ),
        SinceShape(shape=3),
    ]
    authors: Annotated[list[dict[str, Any]], Meta(description="CSL names, in order.")]
    publisher: Annotated[
        str | None, Meta(description="Who published it."), AnyOf("Sources from these publishers.")
    ]
    container_title: Annotated[
        str | None, Meta(description="The journal, site or book that it is part of.")
    ]
    issued: Annotated[VagueDate | None, Meta(description="When it was published.")]
    url: Annotated[str | None, Meta(description="Where it is found, outside.")]
    archive_url: Annotated[str | None, Meta(description="An archived copy.")]
    accessed_on: Annotated[date | None, Meta(description="The day it was last read there.")]
    language: Annotated[
        str | None,
        Meta(description="Its language, as a BCP 47 tag."),
        AnyOf("Sources in these languages (BCP 47).", pattern=LANGUAGE, example="en"),
    ]
    keywords: Annotated[list[str], Meta(description="Topics, as the source gives them.")]
    outlet: Annotated[Outlet, AnyOf("Who speaks in the source.")]
    reliability: Reliability | None
    derives_from: Annotated[
        ToSource | None,
        Meta(
            description=(
                "The source that it passes on, as a copy, a reprint or a translation; or one "
                "that stands for all reports of an agency or a body, of which it passes on one. "
                "Null: none is known."
            )
        ),
        AnyOf("Sources that pass on these."),
        SinceShape(shape=2),
    ]


CITING = (Noun.STANCE, Noun.ALIGNMENT)
CITED_ON = " UNION ALL ".join(
    f"SELECT m.named FROM tracker_{claim}document o JOIN tracker_mention m ON m.document = "
    f"o.id WHERE m.named_noun = {{noun}} AND m.noun = %({claim})s AND {{live}} AND o.issue = "
    f"ANY({{cited_on}})"
    for claim in CITING
)
FILTERS: list[Filter] = [
    Keys(
        "cited_on",
        "Sources that claims on these issues cite.",
        f"d.record IN ({CITED_ON})",
        noun=Noun.ISSUE,
        binds={claim.value: claim.value for claim in CITING},
    ),
    FirstDay(
        "issued_from",
        f"Possibly published on this day or later{FIRST}.",
        "d.issued && daterange(%(issued_from)s, NULL)",
        lambda applied: Q(issued_latest__gte=applied.value),
    ),
    LastDay(
        "issued_to",
        f"Possibly published on this day or earlier{LAST}.",
        "d.issued && daterange(NULL, %(issued_to)s, '[]')",
        lambda applied: Q(issued_earliest__lte=applied.value),
    ),
    Flag(
        "has_address",
        "Only sources with a web address, or only others.",
        "(d.body::json ->> 'url' IS NOT NULL) = %(has_address)s",
        lambda applied: ~Q(url="") if applied.value else Q(url=""),
        example=False,
    ),
]
ORDERS = (
    Order(
        "issued",
        "coalesce(lower(d.issued), {lowest})",
        date,
        desk=day_or_none("issued_earliest"),
        lowest=str(date.min),
    ),
)
EXAMPLES = Examples(
    "usip-2020-12-xinjiang-uyghurs",
    {
        "issued": Example(
            "What was published in 2021? The first one by title.",
            "issued_from=2021-01-01&issued_to=2021-12-31&page_size=1",
        )
    },
    {
        "fields": ["id", "title"],
        "type": "webpage",
        "outlet": "independent",
        "publisher": "United States Institute of Peace",
        "issued_to": "2020-12-31",
    },
    {
        "changed": {"publisher": "United States Institute of Peace (USIP)"},
        "changed again": {"keywords": ["Xinjiang"]},
        "new": {
            "type": "report",
            "title": "An Example of a Report",
            "authors": [{"family": "Stokes", "given": "Jacob"}],
            "issued": "2019-06",
            "url": "https://example.org/report",
            "language": "en",
            "outlet": "independent",
        },
        "another": {
            "type": "webpage",
            "title": "An Example of a Page",
            "url": "https://example.org/page",
        },
    },
)
