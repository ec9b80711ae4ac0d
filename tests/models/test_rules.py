"""Rules of one row, and rules that two rows keep together: what each refuses, and what it takes;
by raw SQL.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tests.models.rows import make, refused, write
from tracker.models import (
    Actor,
    Alignment,
    AlignmentResolution,
    Ballot,
    CoreInterest,
    Discussion,
    Frame,
    Issue,
    Meeting,
    Membership,
    Participant,
    Predecessor,
    Source,
    Stance,
    StanceResolution,
    Vote,
)
from tracker.models.nouns import RECORDS, noun_of
from tracker.models.tables import table_of

pytestmark = pytest.mark.django_db
NO_SLUGS = [
    "",
    "China",
    "-china",
    "china-",
    "north--korea",
    "north korea",
    "kitaj_1",
    "китай",
    "a\n",
]
NO_AUTHORS = [
    ["Stokes"],
    [None],
    [[{"family": "Stokes"}]],
    [{}],
    [{"given": "Jacob"}],
    [{"family": ""}],
    [{"literal": None}],
    [{"literal": ["CNAS"]}],
    [{"family": "Stokes"}, {"given": "Jacob"}],
]
NO_TEXTS = [
    [{"family": "Stokes", "given": 5}],
    [{"family": "Stokes", "given": ["Jacob"]}],
    [{"literal": "CNAS", "family": {}}],
]
AUTHORS = [
    [], [{"family": "Stokes", "given": "Jacob"}, {"literal": "CNAS"}],
    [{"family": "Sun", "suffix": None, "comma-suffix": True}],
]  # fmt: skip
PERIODS = [
    ("2019-02", "2019-01"), ("2019-06-05", "2019-06-04"), ("2019", "[2018-01-01..2018-12-31]"),
    ("2019-12-31", "2019-01-XX"),
]  # fmt: skip
POSSIBLE = [("2019-06-05", "2019"), ("2019-06-05", "2019-06-05"), ("", "2019"), ("2019", "")]


def values(column: str, *given: Any) -> list[dict[str, Any]]:
    """Return what is written into a column, one after the other."""
    return [{column: value} for value in given]


def periods(*given: tuple[str, str]) -> list[dict[str, str]]:
    return [{"since": since, "until": until} for since, until in given]


def itself(column: str, other: str) -> list[dict[str, Any]]:
    """Return that a row names twice what it names by another column;
    a function stands for the value of a row.
    """
    return [{column: lambda row: getattr(row, other)}]


# by rule: of which table, what it refuses, and what it takes
OF_ONE_ROW: dict[str, tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]] = {
    **{
        f"{noun_of(model)}_slug_has_its_form": (model, values("slug", *NO_SLUGS), [])
        for model in (Actor, Issue)
    },
    **{
        f"{noun}_ref_has_its_form": (
            model,
            values("ref", "", "Art 1", "-a", "ART1", ".a", "a/b"),
            [{"ref": None}],
        )
        for noun, model in RECORDS.items()
    },
    **{
        f"{model._meta.model_name}_begins_before_it_ends": (
            model,
            periods(*PERIODS),
            periods(*POSSIBLE),
        )
        for model in (Actor, Stance, Alignment, Meeting, Membership, Frame)
    },
    **{
        f"{noun_of(model)}_has_a_title": (model, [{"title": ""}], [])
        for model in (Issue, Meeting, Source)
    },
    **{
        f"{noun_of(model)}_forecasts_have_a_likelihood": (
            model,
            [
                {"basis": "forecast", "likelihood": ""},
                {"basis": "statement", "likelihood": "likely"},
            ],
            [
                {"basis": "forecast", "likelihood": "likely"},
                {"basis": "inference", "likelihood": ""},
            ],
        )
        for model in (Stance, Alignment)
    },
    **{
        f"{noun_of(model)}_contested_says_why": (
            model,
            [{"standing": "contested", "standing_note": ""}],
            [{"standing": "contested", "standing_note": "Another source says otherwise."}],
        )
        for model in (Stance, Alignment)
    },
    "actor_has_a_name": (Actor, [{"name": ""}], []),
    "actor_iso3_has_its_form": (
        Actor,
        values("iso3", "", "CH", "chn", "C1N"),
        values("iso3", "CHN", None),
    ),
    "actor_only_states_have_a_code": (
        Actor,
        [
            {"iso3": "CHN", "kind": kind}
            for kind in ("organization", "bloc", "person", "armed_group")
        ],
        [],
    ),
    "actor_wikidata_id_has_its_form": (
        Actor,
        values("wikidata_id", "148", "q148", "Q0148", "Q", "Q148x"),
        [],
    ),
    "actor_names_is_an_object": (
        Actor,
        values("names", [], ["中国"], "中国"),
        values("names", {}, {"zh": "中国"}),
    ),
    "actor_names_are_not_empty": (
        Actor,
        values(
            "names",
            {"zh": ""},
            {"zh": None},
            {"zh": 1},
            {"zh": ["中国"]},
            {"ru": "Китай", "zh": {"hans": "中国"}},
        ),
        [],
    ),
    "frame_says_kinds": (Frame, [{"kinds": []}], []),
    "frame_kinds_are_known": (Frame, [{"kinds": ["motion"]}], []),
    "meeting_country_has_its_form": (
        Meeting,
        values("country", "CH", "chn", "C1N"),
        [{"country": "CHN"}],
    ),
    "source_authors_is_an_array": (
        Source,
        values("authors", {}, "Stokes"),
        values("authors", *AUTHORS),
    ),
    "source_authors_have_a_name": (Source, values("authors", *NO_AUTHORS), []),
    "source_authors_hold_texts": (Source, values("authors", *NO_TEXTS), []),
    "vote_tally_is_whole": (
        Vote,
        [{"tally_yes": 9}, {"tally_yes": 9, "tally_no": 3}, {"tally_absent": 1}],
        [
            {"tally_yes": 9, "tally_no": 3, "tally_abstain": 3, "tally_absent": absent}
            for absent in (None, 0)
        ],
    ),
    "vote_says_of_which_issue": (
        Vote,
        [{"yes_means": "supports"}],
        [{"yes_means": "opposes", "issue_id": lambda _: IssueFactory().pk}],
    ),
    "membership_is_of_another": (Membership, itself("organization_id", "actor_id"), []),
    "predecessor_is_another": (Predecessor, itself("predecessor_id", "actor_id"), []),
    "participant_is_represented_by_another": (
        Participant,
        itself("represented_by_id", "actor_id"),
        [],
    ),
    "stance_defers_to_another": (Stance, itself("defers_to_id", "actor_id"), []),
    "alignment_is_of_two_actors": (
        Alignment,
        itself("counterpart_id", "actor_id") + itself("actor_id", "counterpart_id"),
        [],
    ),
}
RESOLVED = {
    "outcome": "yes",
    "resolved_on": "2019-12-18",
    "source_id": lambda _: SourceFactory().pk,
    "locator": "p. 3",
}


def of_resolutions(
    model: Any,
) -> Iterator[tuple[str, tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]]]:
    """Yield what the resolutions of one kind of claims may not say, and what they may, by rule."""
    early = {"resolved_on": "2019-12-18", "note": "So.", "due": "2019-12-19"}
    for rule, wrong, right in (
        ("asks", [{"question": ""}], []),
        ("has_criteria", [{"criteria": " "}], []),
        ("opens", [{"opens": None}], []),
        ("is_due", [{"due": None}], []),
        ("opens_before_it_is_due", [{"due": "2019-05-31"}], [{"due": "2019-06-01"}]),
        ("is_of_a_day", [{**RESOLVED, "resolved_on": None}], [RESOLVED]),
        ("open_has_no_day", [{"resolved_on": "2019-12-18"}], []),
        ("open_cites_nothing", [{"locator": "p. 3"}], []),
        (
            "cites",
            [
                {**RESOLVED, "source_id": None, "locator": ""},
                *({**early, "outcome": of} for of in ("void", "ambiguous")),
            ],
            [{**early, "outcome": "void", "due": "2019-12-18"}, {**RESOLVED, "outcome": "no"}],
        ),
        ("says_where", [{**RESOLVED, "locator": ""}], []),
        (
            "says_why",
            [{**RESOLVED, "outcome": "void"}],
            [{**RESOLVED, "outcome": "ambiguous", "note": "Both."}],
        ),
        (
            "was_open_before_it_was_resolved",
            [{**RESOLVED, "resolved_on": "2019-05-31"}],
            [{**RESOLVED, "resolved_on": "2019-06-01"}],
        ),
        ("resolved_on_has_come", [{**RESOLVED, "resolved_on": "2998-01-01"}], []),
        ("outcome_is_known", [{**RESOLVED, "outcome": "perhaps"}], []),
        ("whose_is_known", [{"whose": "nobody"}], []),
    ):
        yield f"{table_of(model).noun}_resolution_{rule}", (model, wrong, right)


OF_ONE_ROW |= dict(
    rule for model in (StanceResolution, AlignmentResolution) for rule in of_resolutions(model)
)
# by rule: of which table, the columns that no two rows have alike, with their values,
# and others that tell rows apart
OF_TWO_ROWS: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    **{
        f"tracker_{noun_of(model)}_slug_key": (model, {"slug": "china"}, {})
        for model in (Actor, Issue)
    },
    **{
        f"tracker_{noun}_ref_key": (model, {"ref": "article.1_a-b"}, {"ref": None})
        for noun, model in RECORDS.items()
    },
    "actor_iso3_is_of_one": (Actor, {"iso3": "CHN"}, {"iso3": None}),
    "membership_once_a_period": (
        Membership,
        {"organization": None, "role": "observer"},
        {"since": "2019"},
    ),
    "predecessor_once": (Predecessor, {"predecessor": None}, {}),
    "core_interest_once_per_actor": (CoreInterest, {"actor": None}, {}),
    "participant_once_a_meeting": (Participant, {"actor": None}, {}),
    "discussion_once_a_meeting": (Discussion, {"issue": None}, {}),
    "ballot_once_a_vote": (Ballot, {"actor": None}, {}),
}


@pytest.mark.parametrize("rule", OF_ONE_ROW)
def test_a_rule_of_a_row(by, rule):
    model, wrong, right = OF_ONE_ROW[rule]
    row = make(model, **({"since": "", "until": ""} if wrong == periods(*PERIODS) else {}))

    def written(columns: dict[str, Any]) -> int:
        return write(
            by,
            row,
            **{name: value(row) if callable(value) else value for name, value in columns.items()},
        )

    for columns in wrong:
        with refused(rule):
            written(columns)
    for columns in right:
        row.pk = written(columns)


@pytest.mark.parametrize("rule", OF_TWO_ROWS)
def test_a_rule_of_two_rows(by, rule):
    model, alike, apart = OF_TWO_ROWS[rule]
    table = table_of(model)
    first = make(model, **{name: value for name, value in alike.items() if value})
    other = make(
        model, **({table.noun.value: getattr(first, table.noun.value)} if table.part else {})
    )
    same = {
        (field := model._meta.get_field(name)).column: getattr(first, field.attname)
        for name in alike
    }

    with refused(rule):
        write(by, other, **same)
    if apart:
        write(by, other, **same | apart)


@pytest.mark.parametrize(
    ("factory", "wrong", "says"),
    [
        (ActorFactory, {"slug": "China"}, "use"),
        (ActorFactory, {"kind": "bloc", "iso3": "CHN"}, "only a state"),
        (ActorFactory, {"names": {"zh": ""}}, "give each language"),
        (ActorFactory, {"wikidata_id": "148"}, "a Q"),
        (
            SourceFactory,
            {"authors": [{"given": "Jacob"}]},
            "give each author a “family” or “literal”",
        ),
    ],
)
def test_what_the_database_refuses_a_form_says_of_its_field(factory, wrong, says):
    with pytest.raises(ValidationError) as refusal:
        factory.build(**wrong).full_clean()

    [message] = [
        error.message for error in refusal.value.error_dict["__all__"] if error.code in wrong
    ]
    assert message.startswith(says)
    factory.build().full_clean()
