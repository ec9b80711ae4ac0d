"""What blocks a step, as people read it:
the records concerned by their titles, each a link to its review.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.site.labels import Named, field_title, names
from tracker.desk.records.database_errors import problem_of
from tracker.values.problems import Key, Problem, RefusedError

Says = SafeString | str


def format_error(error: RefusedError | DatabaseError) -> list[Says]:
    """Return what blocked it, with links to the records concerned."""
    if isinstance(error, RefusedError):
        return format_problems(error.problems)
    problem = problem_of(error)
    if problem is None:
        raise error
    return [str(problem)]


def show_refusal(request: HttpRequest, error: RefusedError | DatabaseError) -> None:
    """Show what blocked it as messages."""
    for line in format_error(error):
        messages.error(request, line)


def format_problems(problems: Iterable[Problem]) -> list[Says]:
    """Return problems of several records, each beginning with its record."""
    problems = list(problems)
    named = names(
        {key for problem in problems for key in (*filter(None, [problem.record]), *problem.others)}
    )
    return [
        format_html("{}: {}", named[problem.record].review, format_problem(problem, named))
        if problem.record
        else format_problem(problem, named)
        for problem in problems
    ]


def format_own_problems(
    problems: Sequence[Problem], named: Mapping[Key, Named] | None = None
) -> list[Says]:
    """Return problems of the record that a page is about, each beginning with its field,
    if it is about one.

    `named` has what the other records are called,
    where a page has looked that up for many problems at once.
    """
    if named is None:
        named = names({key for problem in problems for key in problem.others})
    return [
        format_html(
            "{}: {}", field_title(problem.record[0], problem.field), format_problem(problem, named)
        )
        if problem.record and problem.field
        else format_problem(replace(problem, message=capfirst(problem.message)), named)
        for problem in problems
    ]


def format_problem(problem: Problem, names: Mapping[Key, Named], **params: Any) -> SafeString:
    """Return the message of a problem, with `others` as links, and `params` instead of its own,
    if given.
    """
    links = [names[key].review for key in problem.others]
    others = format_html_join(", ", "{}", ((link,) for link in links))
    return format_html(
        escape(problem.template), *links, **{"others": others, **problem.params, **params}
    )
