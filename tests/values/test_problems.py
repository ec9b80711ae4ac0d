"""What is wrong is said in plain text by whoever has nothing better: records by noun and number."""

from tracker.values.nouns import Noun
from tracker.values.problems import PartRow, Place, Problem, RefusedError, among

CHINA, SYRIA = (Noun.ACTOR, 3), (Noun.ISSUE, 7)


def test_a_message_names_others_and_params():
    problem = Problem(
        "refused",
        "“{value}” belongs to {0}, not {1}",
        params={"value": "{0}"},
        others=(CHINA, SYRIA),
    )
    assert problem.text == "“{0}” belongs to actor 3, not issue 7"


def test_all_others_are_a_list():
    assert (
        Problem("refused", "it is named by {others}", others=(CHINA, SYRIA)).text
        == "it is named by actor 3, issue 7"
    )


def test_a_part_is_its_name_and_row():
    problem = Problem(
        "refused", "{part} was added since", params={"part": PartRow("core_interest", 17)}
    )
    assert problem.text == "core interest 17 was added since"


def test_a_refusal_says_of_which_record_and_where():
    problem = Problem("refused", "it is missing", ("citations", 2, "source"), record=CHINA)
    assert (
        str(RefusedError([problem, Problem("busy", "try again")]))
        == "actor 3: citations 3: source: it is missing; try again"
    )
    assert (problem.field, Problem("busy", "try again").field) == ("citations", "")


def test_problems_that_say_the_same_are_one():
    one, other = (Problem("refused", "{why}", params={"why": "so"}, record=CHINA) for _ in range(2))
    assert len({one, other}) == 1
    assert one != Problem("refused", "{why}", params={"why": "not"}, record=CHINA)


def test_a_problem_of_a_file_says_its_place_the_value_and_what_to_write():
    path, at = ("citations", 2, "source"), Place("stances.csv", 7)
    problem = Problem(
        "unknown",
        "there is no {of}",
        path,
        {"of": "{0}"},
        remedy="write {of}",
        value="{x}",
        place=at,
    )

    assert (
        str(problem)
        == "stances.csv, line 7, citations 3: source: “{x}”: there is no {0}; write {0}"
    )
    assert (problem.filled(problem.message), problem.filled(problem.remedy)) == (
        "there is no {0}",
        "write {0}",
    )
    assert (
        str(Problem("empty", "the file is empty", place=Place("x.csv")))
        == "x.csv: the file is empty"
    )


def test_a_long_value_is_told_in_one_short_line():
    text = Problem("invalid", "it is too long", value="a\n" * 500).text

    assert len(text) < 110
    assert "\n" not in text


def test_what_is_valid_is_told_with_what_is_nearest():
    assert (
        among("suports", ["supports", "opposes"])
        == "did you mean supports? write one of supports, opposes"
    )
    assert among("x" * 1000, ["supports"]) == "write one of supports"
