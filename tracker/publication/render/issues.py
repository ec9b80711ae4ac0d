"""Issues as readers see them."""

from typing import Any

from tracker.models import Issue
from tracker.publication.render.names import Names
from tracker.schema import records as public
from tracker.schema.parts import CoreInterest
from tracker.values.vocabularies import Region, Theme


def shape(issue: Issue, parts: Any, names: Names) -> public.Issue:
    """Return the issue in its public form."""
    return public.Issue(
        id=issue.pk,
        ref=issue.ref,
        slug=issue.slug,
        title=issue.title,
        question=issue.question or None,
        summary=issue.summary or None,
        parent=names.issue(issue.parent_id) if issue.parent_id else None,
        themes=[Theme(theme) for theme in issue.themes],
        region=Region(issue.region) if issue.region else None,
        core_interests=[CoreInterest(names.actor(part.actor_id), part.note or None) for part in parts["core_interest"]],
    )


def columns(issue: Issue, parts: Any) -> dict[str, Any]:
    """Return what issues are filtered and sorted by."""
    return {
        "sort": issue.title.casefold(),
        "slug": issue.slug,
        "parent": issue.parent_id,
        "themes": issue.themes,
        "region": issue.region,
        "has_question": issue.question != "",
    }
