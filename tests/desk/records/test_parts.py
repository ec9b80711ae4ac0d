"""Parts compared as lists:
what is the same stays, and what comes out is the list wanted, in its order.
"""

from pathlib import Path
from time import thread_time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, lists, sampled_from, tuples

from tests.desk.imports.importing import events_of, run, write
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tracker.desk.records import comparing
from tracker.desk.records.comparing import difference
from tracker.desk.records.fields import PartList, layout
from tracker.values.nouns import Noun

DISCUSSIONS, CITATIONS = (
    layout(Noun.MEETING).parts["issues"],
    layout(Noun.STANCE).parts["citations"],
)
BALLOTS = layout(Noun.VOTE).parts["ballots"]
LETTERS = lists(sampled_from("abcd"), max_size=5)


def came_out(
    part: PartList, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> tuple[list[Any], int]:
    """Return the list after the change, as the desk would have it, and how many rows it touched."""
    columns = part.fields.values()
    rows = [
        SimpleNamespace(pk=pk, **{c.attname: item[c.name] for c in columns})
        for pk, item in enumerate(old)
    ]
    change = difference(part, rows, new)
    values = dict(zip(range(len(old)), old, strict=True))
    for row in change.deleted:
        del values[row.pk]
    for row, item in change.changed:
        assert _once(part, item) not in [
            _once(part, other) for pk, other in values.items() if pk != row.pk
        ]
        values[row.pk] = item
    return [*values.values(), *change.added], len(change.deleted) + len(change.changed) + len(
        change.added
    )


def _once(part: PartList, item: dict[str, Any]) -> Any:
    return tuple(item[name] for name in part.once) or object()


def citation(locator: str) -> dict[str, Any]:
    return {name: locator if name == "locator" else 1 for name in CITATIONS.fields}


@settings(deadline=None)
@given(LETTERS, LETTERS)
def test_citations_come_out_as_wanted(old: list[str], new: list[str]) -> None:
    after, touched = came_out(CITATIONS, [citation(x) for x in old], [citation(x) for x in new])
    assert after == [citation(x) for x in new]
    assert touched <= max(len(old), len(new))


ISSUES = lists(tuples(sampled_from("abcd"), booleans()), max_size=4, unique_by=lambda item: item[0])


@settings(deadline=None)
@given(ISSUES, ISSUES)
def test_what_may_come_only_once_never_collides_on_the_way(
    old: list[tuple[str, bool]], new: list[tuple[str, bool]]
) -> None:
    as_items = [
        [{"issue": issue, "outcome": outcome} for issue, outcome in items] for items in (old, new)
    ]
    after, _ = came_out(DISCUSSIONS, *as_items)
    assert after == as_items[1]


def ballots(written: list[tuple[str, bool]]) -> list[dict[str, Any]]:
    return [{"actor": actor, "choice": choice, "note": ""} for actor, choice in written]


@settings(deadline=None)
@given(ISSUES, ISSUES)
def test_an_order_that_says_nothing_is_no_difference(
    old: list[tuple[str, bool]], new: list[tuple[str, bool]]
) -> None:
    after, touched = came_out(BALLOTS, ballots(old), ballots(new))
    assert sorted(after, key=str) == sorted(ballots(new), key=str)
    assert touched == max(len({*old} - {*new}), len({*new} - {*old}))


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("abc", "abc", 0),
        ("abc", "axc", 1),
        ("abc", "bc", 1),
        ("abc", "abcd", 1),
        ("abc", "", 3),
        ("abc", "ac", 1),
    ],
)
def test_as_few_rows_are_touched_as_can_be(old: str, new: str, touched: int) -> None:
    assert came_out(CITATIONS, [citation(x) for x in old], [citation(x) for x in new])[1] == touched


@pytest.mark.django_db
def test_only_what_differs_is_written(tmp_path: Path) -> None:
    source = SourceFactory(ref="a")
    stance = StanceFactory(citations=[{"source": source, "locator": letter} for letter in "abc"])
    before = list(stance.citations.order_by("pk").values_list("pk", flat=True))
    row = {"id": stance.pk, "citations": [{"source": "a", "locator": letter} for letter in "acd"]}
    write(tmp_path, stances=[row])
    touched = [("stance", "citation", "deleted"), ("stance", "", "updated")]
    touched += [("stance", "citation", "inserted"), ("stance", "", "updated")]
    assert events_of(lambda: run(tmp_path)) == touched
    after = list(stance.citations.order_by("pk").values_list("pk", "locator"))
    assert after[:2] == [(before[0], "a"), (before[2], "c")]
    assert after[2][1] == "d"


@pytest.mark.django_db
def test_participants_can_be_swapped(tmp_path: Path) -> None:
    one, two = ActorFactory(slug="one"), ActorFactory(slug="two")
    meeting = MeetingFactory(
        participants=[{"actor": one}, {"actor": two}], issues=[{"issue": IssueFactory()}]
    )
    write(
        tmp_path,
        meetings=[{"id": meeting.pk, "participants": [{"actor": "two"}, {"actor": "one"}]}],
    )
    run(tmp_path)
    assert [p.actor for p in meeting.participants.order_by("pk")] == [two, one]
    assert meeting.issues.count() == 1
    assert events_of(lambda: run(tmp_path)) == []


@pytest.mark.django_db
def test_an_empty_cell_takes_all_parts_away(tmp_path: Path) -> None:
    stance = StanceFactory()
    run(write(tmp_path, stances=[{"id": stance.pk, "citations": ""}]))
    assert not stance.citations.exists()


@settings(deadline=None)
@given(LETTERS, LETTERS)
def test_long_lists_come_out_as_wanted(old: list[str], new: list[str]) -> None:
    """By place, since to look for the fewest changes would take the square."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "MOST_PAIRS", 0)
        after, touched = came_out(CITATIONS, [citation(x) for x in old], [citation(x) for x in new])
    assert after == [citation(x) for x in new]
    assert touched <= max(len(old), len(new))


@settings(deadline=None)
@given(ISSUES, ISSUES)
def test_nor_do_long_lists_collide(
    old: list[tuple[str, bool]], new: list[tuple[str, bool]]
) -> None:
    as_items = [
        [{"issue": issue, "outcome": outcome} for issue, outcome in items] for items in (old, new)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "MOST_PAIRS", 0)
        after, _ = came_out(DISCUSSIONS, *as_items)
    assert after == as_items[1]


def test_a_thousand_ballots_of_which_two_change_are_two_changes() -> None:
    old = [{"issue": str(number), "outcome": False} for number in range(1_000)]
    new = [{**item, "outcome": place in (0, 999)} for place, item in enumerate(old)]

    assert came_out(DISCUSSIONS, old, new) == (new, 2)


@pytest.mark.parametrize("noun", Noun)
def test_as_many_as_a_record_may_have_are_compared_at_once(noun: Noun) -> None:
    """Each differs from all, so that nothing is alike at the beginning."""
    for part in layout(noun).parts.values():
        old, new = (
            [dict.fromkeys(part.fields, f"{age} {n}") for n in range(part.most)]
            for age in ("old", "new")
        )
        begun = thread_time()
        came_out(part, old, new)
        assert thread_time() - begun < 0.5
