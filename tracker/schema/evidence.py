"""By which sources claims are found: how many independent ones, who speaks in them, whether they have an address.

They are counted when asked, as of the edition: from where a source comes is often found long after a claim was
published that cites it, and a number in the claim's document would renew them all.
"""

from django.db.models import Q

from tracker.schema.filters import Applied, Filter, Flag, Terms
from tracker.schema.number_filters import Number
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Outlet, Relation

# Of a document `d`: the sources that back it, each taken back to that which it passes on, by way of whatever is
# between; `o` is a source. A source that stands for all reports of an agency is one.
INDEPENDENT = """(
    WITH RECURSIVE origins (source) AS (
        SELECT (c -> 'source' ->> 'id')::int FROM jsonb_array_elements(d.body::jsonb -> 'citations') c
        WHERE c ->> 'relation' = %(supports)s
        UNION
        SELECT o.derives_from FROM origins JOIN tracker_sourcedocument o ON o.record = origins.source AND {live}
        WHERE o.derives_from IS NOT NULL
    )
    SELECT count(*) FROM origins WHERE NOT EXISTS (
        SELECT FROM tracker_sourcedocument o
        WHERE o.record = origins.source AND {live} AND o.derives_from IS NOT NULL
    )
)"""
CITES = (
    "EXISTS (SELECT FROM tracker_mention m JOIN tracker_sourcedocument o ON o.record = m.named AND {{live}} "
    "WHERE m.named_noun = %(cited)s AND m.noun = {{noun}} AND m.document = d.id AND {})"
)
BACKING, CITED = {"supports": Relation.SUPPORTS.value}, {"cited": Noun.SOURCE.value}  # what these bind
HAS_ADDRESS = CITES.format("o.body::json ->> 'url' IS NOT NULL")


def _has_address(applied: Applied) -> Q:
    has = applied.having("citations", ~Q(source__url=""))
    return has if applied.value else ~has


def evidence_filters() -> list[Filter]:
    """Return the filters of claims by what they rest on."""
    return [
        Number("min_sources", "Claims that at least so many independent sources back: of those that pass on one and "
               "the same, as copies of an agency do (`derives_from`), one counts.",
               f"{INDEPENDENT} >= %(min_sources)s", minimum=0, maximum=99, example=1,
               binds=BACKING),
        Number("max_sources", "Claims that at most so many independent sources back, counted alike.",
               f"{INDEPENDENT} <= %(max_sources)s", minimum=0, maximum=99, example=1,
               binds=BACKING),
        Terms("outlet", "Claims that cite sources of any of these outlets.", CITES.format("o.outlet = ANY(%(outlet)s)"),
              lambda applied: applied.having("citations", Q(source__outlet__in=applied.value)), vocabulary=Outlet,
              example=Outlet.INDEPENDENT.value, binds=CITED),
        Flag("has_address", "Only claims that cite a source with a web address, or only others.",
             f"{HAS_ADDRESS} = %(has_address)s", _has_address, example=False,
             binds=CITED),
    ]  # fmt: skip
