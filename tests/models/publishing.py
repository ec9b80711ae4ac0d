"""Publishing past the service, by raw SQL: what one who holds the application's role could try."""

from typing import Any

from tracker.models import Issue

EDITION = (
    "INSERT INTO tracker_edition (number, note) SELECT coalesce(max(number), 0) + 1, '' FROM "
    "tracker_edition"
)
DOCUMENT = (
    "INSERT INTO tracker_issuedocument (record, version, opened, shape, body, sort, slug, "
    "themes, region, has_question) SELECT %s, 1, max(number), 1, '{}', 'a', %s, '{}', '', "
    "true FROM tracker_edition"
)
CHANGE = (
    "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
    "SELECT max(number), 1, %s, %s, %s, 'published', '{}' FROM tracker_edition"
)


def publication_of(issue: Issue) -> list[tuple[Any, ...]]:
    """Return the statements, with their parameters, that publish an issue as the next edition."""
    return [(EDITION,), (DOCUMENT, issue.pk, issue.slug), (CHANGE, "issue", issue.pk, issue.slug)]
