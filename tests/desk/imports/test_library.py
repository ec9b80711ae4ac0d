"""The digital library's files of votes:
known by their columns, new votes made, known ones completed, faults told.
"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.desk.imports.importing import at, only_fault, outcomes, planned, run
from tests.desk.imports.library import ASSEMBLY, COUNCIL, of_council, of_vote, table
from tests.desk.imports.uploading import imported, received
from tests.desk.imports.uploading import outcomes as outcomes_of
from tests.factories import ActorFactory, SourceFactory, VoteFactory
from tracker.desk import imports
from tracker.desk.imports.library import in_brackets
from tracker.desk.records.comparing import Action
from tracker.models import Source, Vote
from tracker.public.formats.rows import UnreadableError

pytestmark = pytest.mark.django_db
ALL = "CHN China Y; RUS Russian Federation N; FRA France A; TGO Togo X"


@pytest.fixture(autouse=True)
def world() -> None:
    """Both bodies, four members, and the source that is cited."""
    for slug in ("united-nations-general-assembly", "united-nations-security-council"):
        ActorFactory(slug=slug, kind="organization")
    ActorFactory(slug="china", name="China", iso3="CHN")
    ActorFactory(slug="russia", name="Russia", aliases=["Russian Federation"])
    ActorFactory(slug="france", name="France", iso3="FRA")
    ActorFactory(slug="togo", name="Togo", iso3="TGO")
    SourceFactory(ref="un-library-votes")


def file(directory: Path, text: str) -> Path:
    """Return a file of a name of the library's."""
    path = directory / "2026_02_06_voting.csv"
    path.write_text(text, encoding="utf-8")
    return path


def cast(vote: Vote) -> dict[str, str]:
    return dict(vote.ballots.values_list("actor__slug", "choice"))


def test_a_vote_of_the_assembly_is_made_of_its_rows(tmp_path: Path) -> None:
    run(file(tmp_path, table(ASSEMBLY, of_vote(7, ALL))))
    vote = Vote.objects.get()
    assert (vote.ref, vote.body.slug, vote.symbol) == (
        "undl-7",
        "united-nations-general-assembly",
        "A/RES/78/7",
    )
    assert (vote.draft_symbol, vote.meeting_record, vote.session) == ("A/78/L.7", "A/78/PV.50", 78)
    assert (vote.title, vote.held, vote.kind, vote.outcome) == (
        "Question 7",
        "2023-12-22",
        "resolution",
        "adopted",
    )
    assert [vote.tally_yes, vote.tally_no, vote.tally_abstain, vote.tally_absent] == [1, 1, 1, 1]
    assert cast(vote) == {"china": "yes", "russia": "no", "france": "abstain", "togo": "absent"}
    assert vote.ballots_complete
    assert not vote.without_vote
    assert vote.citations.get().locator == "https://digitallibrary.un.org/record/7"


def test_a_vote_of_the_council_has_members_that_took_no_part(tmp_path: Path) -> None:
    run(file(tmp_path, table(COUNCIL, of_council(2720, ALL))))
    vote = Vote.objects.get()
    assert (vote.body.slug, vote.title) == ("united-nations-security-council", "matter 2720")
    assert cast(vote) == {
        "china": "yes",
        "russia": "no",
        "france": "abstain",
        "togo": "not_participating",
    }
    assert vote.tally_absent is None


@pytest.mark.parametrize("order", [1, -1])
def test_rows_of_votes_may_stand_in_any_order(tmp_path: Path, order: int) -> None:
    rows = [row for pair in zip(of_vote(1, ALL), of_vote(2, ALL), strict=True) for row in pair][
        ::order
    ]
    run(file(tmp_path, table(ASSEMBLY, rows)))
    assert [len(cast(vote)) for vote in Vote.objects.all()] == [4, 4]


def test_totals_may_be_written_with_a_point(tmp_path: Path) -> None:
    totals = {
        "total_yes": "1.0",
        "total_no": "1.0",
        "total_abstentions": "1.0",
        "total_non_voting": "1.0",
    }
    run(file(tmp_path, table(ASSEMBLY, of_vote(7, ALL, **totals, total_ms="4.0", session="78.0"))))
    assert Vote.objects.values_list("tally_yes", "session").get() == (1, 78)


@pytest.mark.parametrize(
    "said", [{"modality": "Without Vote"}, {"modality": ""}, {"vote_note": "Adopted without vote"}]
)
def test_what_was_adopted_without_a_vote_has_no_ballots(
    tmp_path: Path, said: dict[str, str]
) -> None:
    nobody = "CHN China X; RUS Russian Federation X"
    totals = {"total_non_voting": 0}
    run(file(tmp_path, table([*COUNCIL, "vote_note"], of_council(331, nobody, **totals, **said))))
    vote = Vote.objects.get()
    assert (vote.outcome, vote.without_vote, vote.tally_yes, cast(vote)) == (
        "adopted",
        True,
        None,
        {},
    )


def test_a_vote_that_was_counted_and_not_recorded_has_its_tally_alone(tmp_path: Path) -> None:
    nobody = "CHN China X; RUS Russian Federation X; FRA France X"
    run(
        file(
            tmp_path,
            table(ASSEMBLY, of_vote(7, nobody, total_yes=2, total_no=1, total_non_voting=0)),
        )
    )
    vote = Vote.objects.get()
    assert (vote.without_vote, vote.tally_yes, vote.ballots_complete, cast(vote)) == (
        False,
        2,
        False,
        {},
    )


def test_some_members_alone_are_no_complete_ballots(tmp_path: Path) -> None:
    totals = {
        "total_yes": 120,
        "total_no": 30,
        "total_abstentions": 20,
        "total_non_voting": 23,
        "total_ms": 193,
    }
    run(file(tmp_path, table(ASSEMBLY, of_vote(7, ALL, **totals))))
    assert not Vote.objects.get().ballots_complete


def test_who_sat_for_china_before_1971_is_another(tmp_path: Path) -> None:
    ActorFactory(slug="taiwan", name="Taiwan", iso3="TWN")
    early = of_vote(7, ALL, date="1960-12-14", session="15", resolution="A/RES/1514(XV)")
    run(file(tmp_path, table(ASSEMBLY, early)))
    assert cast(Vote.objects.get())["taiwan"] == "yes"


def test_what_is_here_is_the_same(tmp_path: Path) -> None:
    path = file(tmp_path, table(ASSEMBLY, of_vote(7, ALL), of_vote(8, ALL)))
    run(path)
    assert [outcome.action for outcome in outcomes(path)] == [Action.SAME, Action.SAME]


def known(symbol: str = "A/RES/78/7", **other: object) -> Vote:
    """Return a vote that is here, as of another source, with one ballot."""
    body = ActorFactory._meta.model.objects.get(slug="united-nations-general-assembly")
    china = ActorFactory._meta.model.objects.get(slug="china")
    ballots = [{"actor": china, "choice": "yes"}]
    return VoteFactory(
        body=body, symbol=symbol, title="Ours", held="2023-12-22", ballots=ballots, **other
    )


@pytest.mark.parametrize("symbol", ["A/RES/78/7", "R/78/7"])
def test_a_vote_that_is_here_is_completed_and_keeps_what_it_has(
    tmp_path: Path, symbol: str
) -> None:
    vote = known(symbol)
    path = file(tmp_path, table(ASSEMBLY, of_vote(7, ALL)))
    (outcome,) = outcomes(path)
    assert (outcome.action, outcome.record) == (Action.CHANGED, vote.pk)
    run(path)
    vote = Vote.objects.get()
    assert (vote.title, vote.symbol, vote.draft_symbol, vote.tally_no) == (
        "Ours",
        symbol,
        "A/78/L.7",
        1,
    )
    assert cast(vote) == {"china": "yes", "russia": "no", "france": "abstain", "togo": "absent"}
    assert vote.citations.count() == 2
    assert [outcome.action for outcome in outcomes(path)] == [Action.SAME]


@pytest.mark.parametrize("cell", ["S/2024/302", " S/2024/302 | "])
def test_a_draft_that_was_never_adopted_is_the_one_that_is_here(tmp_path: Path, cell: str) -> None:
    path = file(tmp_path, table(COUNCIL, of_council(1, ALL, resolution="", draft="S/2024/302")))
    run(path)
    vote = Vote.objects.get()
    assert (vote.symbol, vote.draft_symbol, vote.kind, vote.outcome) == (
        "S/2024/302",
        "",
        "draft",
        "not_known",
    )
    Vote.objects.update(ref="vote-sc-s-2024-302", outcome="vetoed")
    file(tmp_path, table(COUNCIL, of_council(1, ALL, resolution="", draft=cell)))
    assert [(outcome.action, outcome.record) for outcome in outcomes(path)] == [
        (Action.SAME, vote.pk)
    ]


def test_a_paragraph_of_the_same_symbol_is_not_meant(tmp_path: Path) -> None:
    known(kind="paragraph", amends="A/RES/78/7")
    run(file(tmp_path, table(ASSEMBLY, of_vote(7, ALL))))
    assert Vote.objects.count() == 2


def test_all_that_is_wrong_is_told_at_once_by_kind_with_its_place(tmp_path: Path) -> None:
    known()
    known("A/RES/78/6", ref="twice-1")
    known("A/RES/78/6", ref="twice-2")
    votes = [
        of_vote(7, "CHN China N; RUS Russian Federation Y"),
        of_vote(8, "CHN China Y; RUS Russian Federation Y; CHN China Y"),
        of_vote(9, ALL, total_yes=2, total_abstentions=0),
        of_vote(10, "CHN China Y; ATL Atlantis N; RUS Russian Federation Q", total_no=2),
        of_vote(11, ALL, total_ms=5),
        of_vote(12, ALL, resolution="S/RES/2720(2023)", draft="S/2023/970"),
        of_vote(13, ALL, total_yes="some"),
        of_vote(6, ALL),
        [{**row, "date": f"2023-12-2{place}"} for place, row in enumerate(of_vote(14, ALL))],
        of_vote(15, ALL, date="22 December"),
    ]
    path = file(tmp_path, table(ASSEMBLY, *votes))
    told = {}
    for problem in planned(path).faults:
        told.setdefault(problem.place.line if problem.place else 0, []).append(str(problem))
    text = {line: " | ".join(lines) for line, lines in told.items()}
    assert "here, with other ballots" in text[2]
    assert "china no, here yes (line 2)" in text[2]
    assert "“CHINA, lines 4 and 6”: two rows are of one member; keep one of them" in text[4]
    assert 6 not in text
    assert text[7].count(" | ") == 1
    assert "rows don't add up to its totals" in text[7]
    assert "total_yes 2, rows 1" in text[7]
    assert "total_abstentions 0, rows 1" in text[7]
    assert "there is no actor" in text[12]
    assert "“Q”" in text[13]
    assert "totals don't add up to its members" in text[14]
    assert "a vote of the Security Council, and the file is of the General Assembly" in text[18]
    assert "total_yes is no number" in text[22]
    assert "several votes here have its symbol" in text[26]
    assert "the rows of a vote differ" in text[30]
    assert "it is no date" in text[34] or "held" in text[34]
    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("import", str(path), stderr=StringIO())
    assert Vote.objects.count() == 3


def test_what_is_wrong_with_what_a_vote_here_would_get_stands_at_its_own_row(
    tmp_path: Path,
) -> None:
    """A ballot at the member's, whatever ballots are here;
    a citation at the vote's, which has the first.
    """
    Source.objects.update(ref="another")
    known()
    path = file(
        tmp_path,
        table(ASSEMBLY, of_vote(7, "CHN China Y; RUS Russian Federation N; ATL Atlantis A")),
    )
    assert {
        (at(problem)[1], str(problem.field), problem.value) for problem in planned(path).faults
    } == {
        (4, "actor", "ATLANTIS"),
        (2, "citations", "un-library-votes"),
    }


def test_columns_of_both_bodies_are_those_of_the_first_vote(tmp_path: Path) -> None:
    header = [*dict.fromkeys([*ASSEMBLY, *COUNCIL])]
    fault = only_fault(file(tmp_path, table(header, of_council(2720, ALL), of_vote(7, ALL))))
    assert "a vote of the General Assembly, and the file is of the Security Council" in str(fault)
    assert fault.place
    assert fault.place.line == 6


def test_a_file_without_what_is_needed_is_told_so(tmp_path: Path) -> None:
    header = [name for name in ASSEMBLY if name not in ("date", "resolution")]
    fault = only_fault(file(tmp_path, table(header, of_vote(7, ALL))))
    assert "it lacks the columns date, resolution" in str(fault)


def test_a_file_that_is_none_of_the_librarys_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "voting.csv").write_text("undl_id,ms_name\n1,CHINA\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import", str(tmp_path / "voting.csv"), stderr=StringIO())


def test_who_is_no_actor_yet_comes_with_the_import_if_asked_for(tmp_path: Path) -> None:
    Source.objects.update(ref="another")
    path = file(tmp_path, table(ASSEMBLY, of_vote(7, f"{ALL}; KEN Kenya Y; ATL Atlantis N")))
    with pytest.raises(CommandError):
        call_command("import", str(path), stderr=StringIO())
    assert not Vote.objects.exists()
    with pytest.raises(CommandError):
        call_command("import", str(path), "--add-missing", stderr=(told := StringIO()))
    assert "ATLANTIS" in told.getvalue(), "it has no code"
    assert "KENYA" not in told.getvalue()
    anyway = ("--add-missing", "--create-anyway")
    call_command("import", str(path), *anyway, stdout=(told := StringIO()), stderr=StringIO())
    assert "actors: 2 created" in told.getvalue()
    assert "sources: 1 created" in told.getvalue()
    assert cast(Vote.objects.get())["kenya"] == "yes"
    assert Vote.objects.get().citations.get().source.ref == "un-library-votes"
    call_command(
        "import", str(path), "--add-missing", stdout=(told := StringIO()), stderr=StringIO()
    )
    assert told.getvalue().strip() == "votes: 0 created, 0 changed, 1 same"


def test_at_the_desk_a_file_is_recognised_and_says_who_is_missing() -> None:
    Source.objects.update(ref="another")
    upload = received(
        table(ASSEMBLY, of_vote(7, f"{ALL}; KEN Kenya Y"), of_vote(8, ALL)), "voting.csv"
    )
    assert (upload.noun, outcomes_of(upload)) == ("vote", {2: "error", 7: "error"})
    missing = imports.missing([upload.pk])
    assert (str(missing), missing.plain) == ("1 actor and 1 source", ["kenya", "un-library-votes"])
    imports.make_with_votes(upload=upload, keys=missing.plain)
    assert outcomes_of(upload) == {2: "created", 7: "created"}
    imported(upload)
    assert cast(Vote.objects.get(ref="undl-7"))["kenya"] == "yes"


def test_at_the_desk_the_limit_counts_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports.staging, "MOST_ROWS", 3)
    votes = [of_vote(number, ALL) for number in range(4)]
    assert received(table(ASSEMBLY, *votes[:3]), "voting.csv").rows.count() == 3
    with pytest.raises(UnreadableError, match="it has more than 3 votes; split it"):
        received(table(ASSEMBLY, *votes), "voting.csv")


def test_at_the_desk_what_is_wrong_with_a_vote_stands_at_its_row_with_all_else() -> None:
    upload = received(
        table(ASSEMBLY, of_vote(9, f"{ALL}; ATL Atlantis N", total_yes=3)), "voting.csv"
    )
    assert outcomes_of(upload) == {2: "error"}
    told = [fault[2] for fault in upload.rows.get().faults]
    assert any("rows don't add up" in text for text in told)
    assert any("there is no actor" in text for text in told)


@pytest.mark.parametrize(
    ("description", "about"),
    [
        ("[on the situation in Syria]", "the situation in Syria"),
        ("S/RES/1 [concerning Iran] ", "Iran"),
        ("[a [b] c]", "a [b] c"),
        ("no brackets", ""),
        ("[never closed", ""),
        ("[" * 32_000, ""),
    ],
)
def test_what_a_vote_was_about_stands_between_brackets(description: str, about: str) -> None:
    assert in_brackets(description) == about
