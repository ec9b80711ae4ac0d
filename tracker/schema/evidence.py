"""By which sources claims are found:
how many independent ones, who speaks in them, whether they have an address.

A claim's document has the ids of its sources as columns. How many are independent is counted when
asked, as of the edition: from where a source comes is often found long after a claim was published
that cites it.
"""

from django.db.models import Q

from tracker.schema.filters import Applied, Filter, Flag, Terms
from tracker.schema.number_filters import Number
from tracker.values.vocabularies import Outlet

# Of a document `d`: the sources that back it, each taken back to that which it passes on, by way of
# whatever is between; `o` is a source. A source that stands for all reports of an agency is one.
INDEPENDENT = """(
    WITH RECURSIVE origins (source) AS (
        SELECT unnest(d.backing)
        UNION
        SELECT o.derives_from FROM origins JOIN tracker_sourcedocument o
            ON o.record = origins.source AND {live}
        WHERE o.derives_from IS NOT NULL
    )
    SELECT count(*) FROM origins WHERE NOT EXISTS (
        SELECT FROM tracker_sourcedocument o
        WHERE o.record = origins.source AND {live} AND o.derives_from IS NOT NULL
    )
)"""
CITES = (
    "EXISTS (SELECT FROM unnest(d.cited) AS source JOIN tracker_sourcedocument o ON o.record "
    "= source AND {{live}} WHERE {})"
)
HAS_ADDRESS = CITES.format("o.body::json ->> 'url' IS NOT NULL")


def _has_address(applied: Applied) -> Q:
    has = applied.having("citations", ~Q(source__url=""))
    return has if applied.value else ~has


def evidence_filters() -> list[Filter]:
    """Return the filters of claims by what they rest on."""
    return [
        Number(
            "min_sources",
            "Claims that at least so many independent sources back: of those that pass on one and "
            "the same, as copies of an agency do (`derives_from`), one counts.",
            f"(cardinality(d.backing) >= %(min_sources)s AND {INDEPENDENT} >= %(min_sources)s)",
            minimum=0,
            maximum=99,
            example=1,
        ),
        Number(
            "max_sources",
            "Claims that at most so many independent sources back, counted alike.",
            f"(cardinality(d.backing) <= %(max_sources)s OR {INDEPENDENT} <= %(max_sources)s)",
            minimum=0,
            maximum=99,
            example=1,
        ),
        Terms(
            "outlet",
            "Claims that cite sources of any of these outlets.",
            CITES.format("o.outlet = ANY(%(outlet)s)"),
            lambda applied: applied.having("citations", Q(source__outlet__in=applied.value)),
            vocabulary=Outlet,
            example=Outlet.INDEPENDENT.value,
        ),
        Flag(
            "has_address",
            "Only claims that cite a source with a web address, or only others.",
            f"{HAS_ADDRESS} = %(has_address)s",
            _has_address,
            example=False,
        ),
    ]
