"""Records that may be there already, told to whoever reviews or publishes them; nothing is refused for it."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import names
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD, saved_duplicates
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

MOST_SHOWN = 100
THERE = "{} may be here already, with {}: {}."


def lines_about_others(records: Iterable[Record]) -> list[SafeString]:
    """Return a line for each record that may be there already, with links to the others; a few queries a noun."""
    of_noun: dict[Noun, list[Record]] = defaultdict(list)
    for record in records:
        of_noun[noun_of(record)].append(record)
    others = {(noun, record): ids for noun in of_noun for record, ids in saved_duplicates(noun, of_noun[noun]).items()}
    first = {key: ids[:MOST_TOLD] for key, ids in [*others.items()][:MOST_SHOWN]}
    named = names({*first, *((noun, other) for (noun, _), ids in first.items() for other in ids)})
    return [
        format_html(
            THERE,
            named[noun, record],
            key.message,
            format_html_join("; ", "{}", ((named[noun, other].review,) for other in ids)),
        )
        for (noun, record), ids in first.items()
        if (key := DUPLICATE_KEYS[noun])
    ]
