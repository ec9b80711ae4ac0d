"""What breaks a rule is refused at each edge by the same rule, in the same words; what to do about it is the edge's."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from tests.desk.admin.conftest import errors, logged_in
from tests.desk.api.working import Worker, at
from tests.desk.imports.importing import planned, write
from tests.desk.undo.acts import edit
from tests.factories import ActorFactory, IssueFactory, StanceFactory, VoteFactory
from tests.publishing.acts import all_of, chosen, edited, published
from tracker.desk import undo
from tracker.desk.merge import plan as merge_plan
from tracker.desk.records.database_errors import problem_of
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.rules import BY_CODE
from tracker.publishing.publish import blockers
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
Edge = Callable[..., list[tuple[str, str]]]  # the code of the rule, if the edge has it, and what is said


def by_form(filled: Any, record: Record, field: str, **posted: Any) -> list[tuple[str, str]]:
    client, address = logged_in("analysts"), f"/admin/tracker/{noun_of(record)}/{record.pk}/change/"
    page = client.post(address, filled(client.get(address)) | posted)
    return [("", text) for text in errors(page).get(field, [])]


def by_api(record: Record, body: dict[str, Any]) -> list[tuple[str, str]]:
    response = Worker("analysts").ask("PATCH", at(record), body, If_Match=f'"{record.version}"', Change_Reason="x")
    return [(fault["rule"], fault["detail"]) for fault in response.json()["errors"]]


def by_import(directory: Path, **files: Any) -> list[tuple[str, str]]:
    return [(fault.rule, fault.text) for fault in planned(write(directory, **files)).faults]


def by_command(directory: Path, **files: Any) -> list[tuple[str, str]]:
    says = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import", str(write(directory, **files)), stdout=says, stderr=says)
    return [("", f"{says.getvalue()} {error.value}")]


def by_sql(record: Record, **values: Any) -> list[tuple[str, str]]:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        type(record)._default_manager.filter(pk=record.pk).update(**values)
    problem = problem_of(error.value)
    return [(problem.rule, problem.text)] if problem else []


def of(problems: Any) -> list[tuple[str, str]]:
    return [(problem.rule, problem.text) for problem in problems]


def test_a_position_needs_a_question(tmp_path, acting_as, filled):
    rule = BY_CODE["stance_issue_has_a_question"]
    group, stance = IssueFactory(slug="group", question=""), StanceFactory(ref="s-1")
    issue = stance.issue
    lost = IssueFactory()
    moved = edit(StanceFactory(issue=lost), issue=IssueFactory())
    edited(lost, question="")
    published(*all_of(stance), group)
    new, draft = IssueFactory(question=""), StanceFactory()
    published(new, *all_of(draft)[1:])
    edited(new, question="Should it?")
    edited(draft, issue=new)
    with acting_as(settings.OWNER):
        as_owner = by_sql(stance, issue=group)

    told = {
        "form": by_form(filled, stance, "issue", issue=group.pk),
        "form of the issue": by_form(filled, issue, "question", question=""),
        "API": by_api(stance, {"issue": "group"}),
        "API of the issue": by_api(issue, {"question": ""}),
        "import": by_import(tmp_path, stances=[{"ref": "s-1", "issue": "group"}]),
        "command": by_command(tmp_path, stances=[{"ref": "s-1", "issue": "group"}]),
        "merge": of(merge_plan(noun=Noun.ISSUE, loser=issue.pk, survivor=group.pk).problems),
        "undo": of(undo.plan(changeset=moved).blockers),
        "publishing": of(blockers(records=chosen(draft), by=None)),
        "SQL": by_sql(stance, issue=group),
        "SQL of the issue": by_sql(issue, question=""),
        "SQL as the owner": as_owner,
    }

    assert_same(told, rule)


def test_an_issue_is_not_its_own_ancestor(tmp_path, filled):
    rule = BY_CODE["issue_is_not_its_own_ancestor"]
    above, below = IssueFactory(slug="above"), IssueFactory(slug="below")
    published(above, below)
    edited(below, parent=above)
    published(below)
    edited(below, parent=None)
    edited(above, parent=below)
    turned = of(blockers(records=chosen(above), by=None))
    edited(above, parent=None)
    edited(below, parent=above)

    told = {
        "form": by_form(filled, above, "parent", parent=below.pk),
        "API": by_api(above, {"parent": "below"}),
        "import": by_import(tmp_path, issues=[{"slug": "above", "parent": "below"}]),
        "command": by_command(tmp_path, issues=[{"slug": "above", "parent": "below"}]),
        "merge": of(merge_plan(noun=Noun.ISSUE, loser=above.pk, survivor=below.pk).problems),
        "publishing": turned,
        "SQL": by_sql(above, parent=below),
    }

    assert_same(told, rule)


def test_no_more_ballots_than_the_tally_counts(tmp_path, filled):
    rule = BY_CODE["vote_ballots_are_within_its_tally"]
    china, russia = ActorFactory(slug="china"), ActorFactory(slug="russia")
    ballots = [{"actor": china, "choice": "no"}, {"actor": russia, "choice": "no"}]
    vote = VoteFactory(ref="v-1", tally_yes=13, tally_no=2, tally_abstain=0, ballots=ballots)
    wrong = VoteFactory(tally_yes=13, tally_no=1, tally_abstain=1, ballots=ballots)
    published(china, russia, vote.body, wrong.body, *(row.source for row in wrong.citations.all()))

    told = {
        "form": by_form(filled, vote, "ballots", tally_no=1) or by_form(filled, vote, "__all__", tally_no=1),
        "API": by_api(vote, {"tally_no": 1}),
        "import": by_import(tmp_path, votes=[{"ref": "v-1", "tally_no": 1}]),
        "command": by_command(tmp_path, votes=[{"ref": "v-1", "tally_no": 1}]),
        "publishing": of(blockers(records=chosen(wrong), by=None)),
    }

    assert_same(told, rule, cast=2, choice="no", counted=1)


def assert_same(told: dict[str, list[tuple[str, str]]], rule: Any, **params: Any) -> None:
    """Expect that each edge tells of the rule once, in its words, and, where programs read it, by its code."""
    words = rule.message.format(**params)
    assert {edge: said for edge, said in told.items() if len(said) != 1} == {}
    assert {
        edge: text for edge, [(_, text)] in told.items() if words not in text.replace(words.capitalize(), words)
    } == {}
    assert {code for [(code, _)] in told.values()} <= {rule.code, ""}
    assert {edge for edge, [(code, _)] in told.items() if not code} <= {"form", "form of the issue", "command"}
