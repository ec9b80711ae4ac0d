"""All that is registered with the site."""

from tracker.admin import actors, alignments, changesets, editions, issues, meetings, sources, stances, tokens, users

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
]
