"""All that is registered with the site."""

from tracker.desk.admin.history import changesets, editions
from tracker.desk.admin.records import actors, alignments, issues, meetings, sources, stances, tokens, users, votes

__all__ = [
    "actors",
    "alignments",
    "changesets",
    "editions",
    "issues",
    "meetings",
    "sources",
    "stances",
    "tokens",
    "users",
    "votes",
]
