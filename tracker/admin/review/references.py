"""What a record is about, for whoever reviews it: what it names, as links, what it cites, and its issue's question."""

from collections import defaultdict
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.admin.site.naming import names
from tracker.models import Record
from tracker.models.nouns import PARTS, noun_of
from tracker.publication.publish.render.desk import load
from tracker.values.nouns import Noun


def named_in(record: Record) -> list[tuple[str, SafeString]]:
    """Return links to the records that a record and its parts name, by what they are; three queries a noun at most."""
    [whole] = load(noun_of(record), [record.pk])
    found: dict[Noun, list[SafeString]] = defaultdict(list)
    for (noun, _), named in sorted(names(whole.named()).items()):
        found[noun].append(named.link)
    return [
        (capfirst(noun.plural if len(links) > 1 else noun), format_html_join("; ", "{}", ((one,) for one in links)))
        for noun in Noun
        if (links := found.get(noun))
    ]


def cited_by(record: Any) -> list[Any]:
    """Return the citations of a record, with their sources, in the order in which they were added; one query."""
    if "citation" not in PARTS[noun_of(record)]:
        return []
    return list(record.citations.select_related("source").order_by("pk"))


def question_of(record: Any) -> str:
    """Return the question on which a claim is a position, if it is a claim and its issue has one."""
    issue = getattr(record, "issue", None)
    return issue.question if issue else ""
