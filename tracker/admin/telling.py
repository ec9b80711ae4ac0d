"""What stands in the way, as people read it: the records concerned by their titles, each a link to its review."""

import re
from collections.abc import Iterable, Mapping

from django.db import DatabaseError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.admin.naming import Key, Named, names
from tracker.publication.conflicts import Problem
from tracker.services.publishing import Refused
from tracker.services.refusals import problem_of
from tracker.values.nouns import Noun

Says = SafeString | str
A_NAME = re.compile(rf"\b({'|'.join(Noun)}) ([0-9]+)\b")  # as services name a record in a message


def told(error: Refused | DatabaseError) -> list[Says]:
    """Return what stood in the way, with links to the records concerned."""
    if isinstance(error, DatabaseError):
        problem = problem_of(error)
        if problem is None:
            raise error
        return [str(problem)]
    return told_problems(error.problems)


def told_problems(problems: Iterable[Problem]) -> list[Says]:
    """Return problems of several records, each beginning with its record."""
    found = list(problems)
    known = names({key for one in found for key in ((one.noun, one.id), *one.others)})
    return [
        format_html("{}: {}", known[one.noun, one.id].review, with_titles(one.message, one.others, known))
        for one in found
    ]


def told_of_one(problems: Iterable[Problem]) -> list[Says]:
    """Return problems of the record that a page is about, each beginning with its field, if it is about one."""
    found = list(problems)
    known = names({key for one in found for key in one.others})
    fields = (capfirst(one.field.replace("_", " ")) for one in found)
    lines = (with_titles(one.message if one.field else capfirst(one.message), one.others, known) for one in found)
    return [format_html("{}: {}", field, line) if field else line for field, line in zip(fields, lines, strict=True)]


def with_titles(message: str, others: Iterable[Key], known: Mapping[Key, Named]) -> SafeString:
    """Return a message in which `others` are not called by their numbers but by their titles, as links."""
    wanted = set(others)
    text, *rest = A_NAME.split(message)
    pieces: list[Says] = [text]
    for noun, number, following in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        key = (Noun(noun), int(number))
        is_meant = key in wanted and key in known
        pieces += [known[key].review if is_meant else f"{noun} {number}", following]
    return format_html_join("", "{}", ((piece,) for piece in pieces))
