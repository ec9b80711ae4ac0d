"""What is wrong is said in plain text by whoever has nothing better: records by noun and number."""

from tracker.values.nouns import Noun
from tracker.values.problems import Part, Problem, Refused

CHINA, SYRIA = (Noun.ACTOR, 3), (Noun.ISSUE, 7)


def test_a_message_names_others_and_params():
    problem = Problem("refused", "“{value}” belongs to {0}, not {1}", params={"value": "{0}"}, others=(CHINA, SYRIA))
    assert problem.text == "“{0}” belongs to actor 3, not issue 7"


def test_all_others_are_a_list():
    assert (
        Problem("refused", "it is named by {others}", others=(CHINA, SYRIA)).text == "it is named by actor 3, issue 7"
    )


def test_a_part_is_its_name_and_row():
    problem = Problem("refused", "{part} was added since", params={"part": Part("core_interest", 17)})
    assert problem.text == "core interest 17 was added since"


def test_a_refusal_says_of_which_record_and_where():
    one = Problem("refused", "it is missing", ("citations", 2, "source"), record=CHINA)
    assert str(Refused([one, Problem("busy", "try again")])) == "actor 3: citations 3: source: it is missing; try again"
    assert (one.field, Problem("busy", "try again").field) == ("citations", "")


def test_problems_that_say_the_same_are_one():
    one, other = (Problem("refused", "{why}", params={"why": "so"}, record=CHINA) for _ in range(2))
    assert len({one, other}) == 1
    assert one != Problem("refused", "{why}", params={"why": "not"}, record=CHINA)
