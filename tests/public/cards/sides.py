"""What is found of China and Russia in claims on many questions, as the matrix finds it."""

from collections import defaultdict
from collections.abc import Iterable

from tests.public.cards.documents import actor
from tracker.public.cards.context import Body, Context
from tracker.public.cards.findings import of_two
from tracker.public.cards.sides import Compared, compare, different_sides

PAIR = [actor("China"), actor("Russia")]


def questions(stances: Iterable[Body], context: Context) -> list[Compared]:
    by_issue = defaultdict[str, list[Body]](list)
    for stance in stances:
        by_issue[stance["issue"]["slug"]].append(stance)
    compared = [compare(claims, context) for claims in by_issue.values()]
    return [question for question in compared if question]


def two(stances: list[Body], alignments: list[Body], context: Context) -> str:
    return of_two(PAIR, questions(stances, context), [*stances, *alignments], context)


def different(stances: list[Body], context: Context) -> str:
    return different_sides("China and Russia", questions(stances, context), context)
