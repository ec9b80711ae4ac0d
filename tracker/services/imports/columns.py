"""Which columns the file of a noun may have: its fields and parts by their names, an `id`, and what exports add."""

from tracker.services.records.fields import Layout
from tracker.services.records.kinds import Kind
from tracker.values.nouns import Noun

# what an export adds, unless the noun has such a field, and an import leaves aside; so what was wrong the last time
COMPUTED = {"edition", "score", "url", "version", "state", "error"}
# what tells whether a source is here already, and is kept nowhere
DOI = "doi"


def knows(of: Layout, name: str) -> bool:
    """Say whether a column of this name is read."""
    is_looked_at = name == "id" or (name == DOI and of.noun is Noun.SOURCE)
    return is_looked_at or name in of.fields or name in of.parts


def leaves_aside(of: Layout, name: str) -> bool:
    """Say whether an export may have added this column, for readers only."""
    base, _, end = name.rpartition("_")
    kind = of.fields[base].kind if base in of.fields else None
    return (
        name in COMPUTED
        or (end == "name" and kind is Kind.REFERENCE)
        or (end in ("earliest", "latest") and kind is Kind.VAGUE_DATE)
    )
