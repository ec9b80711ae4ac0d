"""Everything that is wrong with files is told at once:
where, what stands there, and what to write instead.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.imports.importing import (
    ALIGNMENT,
    CHINA,
    CITATION,
    MEETING,
    RUSSIA,
    STANCE,
    SYRIA,
    WORLD,
    at,
    faults,
    only_fault,
    planned,
    run,
    write,
)
from tracker.desk import imports
from tracker.desk.imports.faults import LONGEST_VALUE, MOST_KEPT, MOST_KINDS, Faults
from tracker.models import Actor, Stance
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

pytestmark = pytest.mark.django_db


def test_all_faults_of_all_files_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    write(
        tmp_path,
        actors=[{**CHINA, "iso3": "NA"}, {**RUSSIA, "kind": "empire"}],
        issues=[SYRIA],
        sources="ref,type,title,issued\narticle,webpage,An article,last December\n",
        stances=[
            {**STANCE, "position": "suports", "actor": "chian"},
            {**STANCE, "ref": "Stance 2"},
        ],
    )
    assert faults(tmp_path) == [
        ("actors.csv", 2, "iso3"),
        ("actors.csv", 3, "kind"),
        ("sources.csv", 2, "issued"),
        ("stances.csv", 2, "position"),
        ("stances.csv", 2, "actor"),
        ("stances.csv", 3, "ref"),
    ]
    with pytest.raises(imports.ImportRefusedError):
        run(tmp_path)
    assert not any(model._default_manager.exists() for model in RECORDS.values())


def test_a_fault_names_file_line_column_value_and_remedy(tmp_path: Path) -> None:
    write(tmp_path, **{**WORLD, "stances": [{**STANCE, "position": "suports"}]})
    assert str(only_fault(tmp_path)) == (
        "stances.csv, line 2, position: “suports”: it is no term of the codebook; did you "
        "mean supports? write one of strongly_opposes, opposes, neutral, supports, "
        "strongly_supports, silent, no_evidence"
    )


def test_the_line_is_the_one_on_which_the_row_starts(tmp_path: Path) -> None:
    write(tmp_path, issues='slug,title,summary\na,A,"two\nlines"\nb,,"x\ny"\n')
    assert faults(tmp_path) == [("issues.csv", 4, "title")]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"position": ""}, "position"),
        ({"actor": ""}, "actor"),
        ({"since": "2019-13"}, "since"),
        ({"since": "2019", "until": "2018"}, "since"),
        ({"since": "2019/2020", "until": "2021"}, "since"),
        ({"basis": "forecast"}, "likelihood"),
        ({"likelihood": "likely"}, "likelihood"),
        ({"standing": "contested"}, "standing_note"),
        ({"defers_to": "china"}, "defers_to"),
        ({"defers_to": "nobody"}, "defers_to"),
        ({"hedged": "perhaps"}, "hedged"),
        ({"instruments": "diplomatic; magic"}, "instruments"),
        ({"confirmed_on": "2019-06"}, "confirmed_on"),
        ({"confirmed_on": "2999-01-01"}, "confirmed_on"),
        ({"standing_note": "x" * 1001}, "standing_note"),
        ({"id": "first"}, "id"),
        ({"citations": "[{"}, "citations"),
        ({"citations": '{"source":"article"}'}, "citations"),
        ({"citations": [{}]}, "citations 1: source"),
        ({"citations": [CITATION, {"source": "book"}]}, "citations 2: source"),
        ({"citations": [{"source": 99}]}, "citations 1: source"),
        ({"citations": [{"source": 99999999999}]}, "citations 1: source"),
        ({"citations": [{"source": "https://example.org/"}]}, "citations 1: source"),
        ({"citations": [{**CITATION, "page": "3"}]}, "citations 1: page"),
        ({"citations": [{**CITATION, "relation": "proves"}]}, "citations 1: relation"),
        ({"citations": [{**CITATION, "locator": ["3"]}]}, "citations 1: locator"),
        ({"citations": [{**CITATION, "locator": "\u0000"}]}, "citations"),
        ({"citations": [{**CITATION, "credibility": 7}]}, "citations 1: credibility"),
    ],
)
def test_a_stance_that_cannot_be_taken_is_told_by_column(
    tmp_path: Path, changed: dict[str, Any], column: str
) -> None:
    write(tmp_path, **{**WORLD, "stances": [{**STANCE, **changed}]})
    assert faults(tmp_path) == [("stances.csv", 2, column)]


@pytest.mark.parametrize(
    ("noun", "row", "column"),
    [
        ("issues", {**SYRIA, "slug": "Syria"}, "slug"),
        ("issues", {**SYRIA, "title": " "}, "title"),
        ("issues", {**SYRIA, "parent": "syria"}, "parent"),
        ("issues", {**SYRIA, "themes": "energy; oil"}, "themes"),
        (
            "issues",
            {**SYRIA, "core_interests": [{"actor": "china"}, {"actor": "china"}]},
            "core_interests 2",
        ),
        ("actors", {"slug": "nato", "kind": "bloc", "name": "NATO", "iso3": "USA"}, "iso3"),
        ("actors", {**CHINA, "slug": "x", "iso3": "XKX"}, "iso3"),
        ("actors", {**CHINA, "slug": "x", "wikidata_id": "148"}, "wikidata_id"),
        ("actors", {**CHINA, "slug": "x", "names": '["中国"]'}, "names"),
        (
            "actors",
            {**CHINA, "slug": "x", "memberships": [{"organization": "x"}]},
            "memberships 1: organization",
        ),
        (
            "actors",
            {
                **CHINA,
                "slug": "x",
                "memberships": [{"organization": "china", "since": "2019", "until": "2018"}],
            },
            "memberships 1: since",
        ),
        (
            "actors",
            {
                **CHINA,
                "slug": "x",
                "memberships": [{"organization": "china"}, {"organization": "china"}],
            },
            "memberships 2",
        ),
        ("sources", {"type": "website", "title": "x"}, "type"),
        ("sources", {"type": "webpage", "title": "x", "url": "example.org"}, "url"),
        ("sources", {"type": "webpage", "title": "x", "authors": '[{"name":"x"}]'}, "authors"),
        ("sources", {"type": "webpage", "title": "x", "language": "English!"}, "language"),
        ("alignments", {**ALIGNMENT, "counterpart": "china"}, "counterpart"),
        ("sources", {"type": "webpage", "title": "x", "accessed_on": "2999-01-01"}, "accessed_on"),
        ("meetings", {**MEETING, "status": "held", "since": "2999-01"}, "since"),
        ("meetings", {**MEETING, "country": "China"}, "country"),
        (
            "meetings",
            {**MEETING, "participants": [{"actor": "china"}, {"actor": "china"}]},
            "participants 2",
        ),
        (
            "meetings",
            {**MEETING, "participants": [{"actor": "china", "represented_by": "china"}]},
            "participants 1: represented_by",
        ),
        ("meetings", {**MEETING, "issues": [{"issue": "nowhere"}]}, "issues 1: issue"),
    ],
)
def test_a_row_of_any_noun_that_cannot_be_taken_is_told_by_column(
    tmp_path: Path, noun: str, row: dict[str, Any], column: str
) -> None:
    write(
        tmp_path, **{**WORLD, noun: [*WORLD[noun], row] if noun in ("actors", "sources") else [row]}
    )
    problems = [fault for fault in faults(tmp_path) if fault[0] == f"{noun}.csv"]
    assert problems == [
        (f"{noun}.csv", len(WORLD[noun]) + 2 if noun in ("actors", "sources") else 2, column)
    ]


def test_a_column_that_is_missing_is_told_once_and_nothing_that_follows_from_it(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        actors=[
            {"slug": slug, "name": slug, "iso3": iso3}
            for slug, iso3 in (("a", "CHN"), ("b", "RUS"))
        ],
    )
    assert faults(tmp_path) == [("actors.csv", 1, "kind")]


def test_a_stance_on_an_issue_without_a_question_is_told(tmp_path: Path) -> None:
    write(tmp_path, **{**WORLD, "issues": [{**SYRIA, "question": ""}]})
    assert faults(tmp_path) == [("stances.csv", 2, "issue")]


def test_an_issue_with_stances_keeps_its_question(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    write(tmp_path, issues=[{**SYRIA, "question": ""}])
    assert faults(tmp_path / "issues.csv") == [("issues.csv", 2, "question")]


@pytest.mark.parametrize("at_once", [2, 2000])
def test_a_circle_of_parents_is_told_at_each_row_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(Noun.ISSUE, "at_once", at_once)
    tree = {"a": "b", "b": "c", "c": "a", "below": "a", "apart": ""}
    write(
        tmp_path,
        issues=[{"slug": slug, "title": slug, "parent": parent} for slug, parent in tree.items()],
    )
    assert faults(tmp_path) == [("issues.csv", line, "parent") for line in (2, 3, 4)]


def test_a_circle_through_issues_that_are_here_is_told(tmp_path: Path) -> None:
    run(
        write(
            tmp_path,
            issues="slug,title,parent\ntop,Top,\nmiddle,Middle,top\nbottom,Bottom,middle\n",
        )
    )
    write(tmp_path, issues="slug,parent\ntop,bottom\n")
    assert faults(tmp_path) == [("issues.csv", 2, "parent")]


def test_a_near_key_is_suggested_from_the_files_and_from_here(tmp_path: Path) -> None:
    run(write(tmp_path, issues=[SYRIA]))
    (tmp_path / "issues.csv").unlink()
    write(tmp_path, **{**WORLD, "issues": [], "stances": [{**STANCE, "actor": "chian"}]})
    (tmp_path / "issues.csv").unlink()
    assert "did you mean china?" in only_fault(tmp_path).text
    write(tmp_path, stances=[{**STANCE, "issue": "siria"}])
    assert "did you mean syria?" in only_fault(tmp_path).text


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ({"ref": "a", "slug": "b", "iso3": "RUS"}, "ref"),
        ({"ref": "b", "slug": "a", "iso3": "RUS"}, "slug"),
        ({"ref": "b", "slug": "b", "iso3": "CHN"}, "iso3"),
    ],
)
def test_a_key_twice_in_the_files_is_told_with_the_other_line(
    tmp_path: Path, second: dict[str, str], column: str
) -> None:
    first = {"ref": "a", "slug": "a", "kind": "state", "name": "A", "iso3": "CHN"}
    fault = only_fault(write(tmp_path, actors=[first, {**first, **second}]))
    assert at(fault)[1:] == (3, column)
    assert "line 2 of actors.csv" in fault.text


def test_two_rows_for_one_record_are_told(tmp_path: Path) -> None:
    run(write(tmp_path, actors=[{**CHINA, "ref": "c"}]))
    write(tmp_path, actors="ref,slug,name\nc,,China\n,china,PRC\n")
    assert ("actors.csv", 3, "") in faults(tmp_path)


def test_a_key_of_another_record_here_is_told(tmp_path: Path) -> None:
    run(write(tmp_path, actors=[{**CHINA, "ref": "c"}, {**RUSSIA, "ref": "r"}]))
    fault = only_fault(write(tmp_path, actors="ref,slug\nc,russia\n"))
    assert (*at(fault)[1:], fault.value) == (2, "slug", "russia")
    assert str(Actor.objects.get(slug="russia").pk) in fault.text


def test_a_column_missing_is_told_only_if_a_row_would_be_new(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    write(tmp_path, stances="ref,confidence\nstance-1,low\n")
    assert faults(tmp_path / "stances.csv") == []
    write(tmp_path, stances="ref,confidence\nstance-1,low\nstance-2,low\nstance-3,high\n")
    problems = planned(tmp_path / "stances.csv").faults
    lacking = ("actor", "issue", "position", "basis")
    assert [at(fault)[1:] for fault in problems] == [(1, name) for name in lacking]
    assert all("line 3" in fault.text for fault in problems)


def test_a_kind_of_fault_is_told_once_and_hides_no_other(tmp_path: Path) -> None:
    rows = [
        {"slug": f"a-{n}", "kind": "empire", "name": "A", "iso3": ""}
        for n in range(MOST_KEPT + 500)
    ]
    rows += [{"slug": f"Slug {n}", "kind": "state", "name": "A", "iso3": f"N{n}"} for n in range(2)]
    rows += [{"slug": "b", "kind": "state", "name": "", "iso3": ""}]
    problems = planned(write(tmp_path, actors=rows)).faults
    assert [(group.kind.field, group.count) for group in problems.groups()] == [
        ("kind", MOST_KEPT + 500),
        ("slug", 2),
        ("iso3", 2),
        ("name", 1),
    ]
    kind, slug, *_ = problems.groups()
    assert str(kind).endswith(
        "1,500 times, first on " + ", ".join(f"line {n} (“empire”)" for n in range(2, 7))
    )
    assert [str(fault) for fault in slug.first] == str(slug).splitlines()
    assert (problems.count, len(problems.kept), problems.others) == (MOST_KEPT + 505, MOST_KEPT, 0)
    assert at(next(iter(problems)))[1] == 2


def test_faults_of_items_of_a_part_are_of_a_kind_whatever_the_item(tmp_path: Path) -> None:
    citations = [{**CITATION, "relation": "proves"}] * 3
    write(tmp_path, **{**WORLD, "stances": [{**STANCE, "citations": citations}]})
    (group,) = planned(tmp_path).faults.groups()
    assert (group.kind.field, group.count) == ("citations: relation", 3)
    assert [fault.column for fault in group.first] == [
        f"citations {n}: relation" for n in (1, 2, 3)
    ]


def test_of_too_many_kinds_the_rest_is_counted_and_memory_stays_flat() -> None:
    problems = Faults()
    for number in range(2 * MOST_KINDS):
        long = "x" * 100_000
        problems.add(Problem("invalid", f"problem {number}", ("slug",), {"why": long}, value=long))
    assert (len(problems.groups()), problems.others, problems.count) == (
        MOST_KINDS,
        MOST_KINDS,
        2 * MOST_KINDS,
    )
    assert {
        (len(problem.value), len(problem.params["why"]))
        for group in problems.groups()
        for problem in group.first
    } == {(LONGEST_VALUE, LONGEST_VALUE)}


def test_a_row_with_a_fault_does_not_hide_what_others_refer_to(tmp_path: Path) -> None:
    write(tmp_path, **{**WORLD, "actors": [{**CHINA, "kind": "empire"}, RUSSIA]})
    assert faults(tmp_path) == [("actors.csv", 2, "kind")]


def test_the_value_of_a_long_cell_is_shortened(tmp_path: Path) -> None:
    fault = only_fault(write(tmp_path, issues=[{"slug": "a", "title": "x" * 500}]))
    assert len(str(fault)) < 250
    assert fault.value == "x" * 500


def test_a_stance_is_not_made_of_a_row_that_is_refused(tmp_path: Path) -> None:
    write(tmp_path, **{**WORLD, "stances": [STANCE, {**STANCE, "ref": "x", "position": "?"}]})
    with pytest.raises(imports.ImportRefusedError):
        run(tmp_path)
    assert not Stance.objects.exists()
