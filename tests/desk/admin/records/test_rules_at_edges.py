"""What breaks a rule of the publication is refused at each edge that it can reach,
by its code and in its words.

Rows of `CASES` say of each rule what would break it at each edge, or why nothing does.
`verify` tells of each rule in tests/verify/test_rules.py.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from tests.desk.admin.conftest import errors, logged_in
from tests.desk.api.working import Worker, at
from tests.desk.imports.importing import planned, write
from tests.desk.undo.acts import edit
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.factories.resolutions import YES
from tests.publishing.acts import all_of, changeset, chosen, edited, published
from tests.publishing.test_rules import begin_edition, close, open_document, tell
from tests.verify.world import run
from tracker.desk import undo
from tracker.desk.merge import merge
from tracker.desk.records.database_errors import problem_of
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.models.rules import BY_CODE, RULES
from tracker.publishing.publish import Chosen, blockers
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db
DRAFT = "a draft may be so: it is asked when it is published"
HALF_WAY = "the desk may be half-way through a correction, and people are told by forms"
HELD = "the desk holds no such record"
NOT_OF_OTHERS = "it is about nothing that is merged"
CONTESTED = "of two such claims one becomes contested"
LATER = (
    "a claim that begins later reopens the question: it is asked when the issue changes, not of "
    "claims"
)
TOGETHER = "the two fields change together, so a later edit of one blocks the undo"
DESK = ("form", "api", "import", "command", "sql")


@dataclass
class Case:
    """What would break a rule: values to write to a record at the desk, as its edges have them;
    and otherwise.

    `document` are columns of a document that is written past all edges, of `record` or of `draft`.
    `unreached` says of edges why nothing breaks the rule there.
    """

    record: Any
    values: dict[str, Any] = field(default_factory=dict)
    written: dict[str, Any] | None = None  # as the API and files have them; none: as the form has
    document: dict[str, Any] = field(default_factory=dict)
    draft: Any = None  # breaks it when it is published
    undo: UUID | None = None
    merge: tuple[Any, Any] | None = None
    unreached: dict[str, str] = field(default_factory=dict)
    told_at: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    others: bool = False  # are named

    @property
    def row(self) -> dict[str, Any]:
        key = {"ref": self.record.ref} if self.record.ref else {"slug": self.record.slug}
        return {f"{noun_of(self.record).plural}": [key | (self.written or self.values)]}


def uncited(make: Any) -> Case:
    draft = make(citations=[])
    published(*named_by(draft))
    why = dict.fromkeys((*DESK, "undo"), DRAFT) | {"merge": NOT_OF_OTHERS}
    return Case(draft, draft=draft, unreached=why)


def unlikely(make: Any) -> Case:
    record = make(ref="r-1")
    published(*named_by(record))
    why = {"undo": TOGETHER, "merge": NOT_OF_OTHERS, "publishing": HELD}
    return Case(record, {"basis": "forecast"}, document={"basis": "forecast"}, unreached=why)


def rivals(make: Any) -> Case:
    record = make()
    sides = {"actor": record.actor, "issue": record.issue}
    if noun_of(record) is Noun.ALIGNMENT:  # entered the other way round
        sides |= {"counterpart": record.actor, "actor": record.counterpart}
    rival = make(since="2019", **sides)
    published(record, *named_by(record), *named_by(rival))
    why = dict.fromkeys((*DESK, "undo"), DRAFT) | {"merge": CONTESTED}
    return Case(rival, draft=rival, unreached=why, others=True)


def of_one(make: Any, column: str) -> Case:
    """Return what would let a claim's second actor be its first."""
    actor = ActorFactory(slug="china")
    record, gone_on, undone = (
        make(ref="r-1", actor=actor),
        *(make(**{column: ActorFactory()}) for _ in range(2)),
    )
    changed = edit(undone, **{column: None if column == "defers_to" else ActorFactory()})
    previous = undone.__class__.objects.get(pk=undone.pk)
    edited(previous, actor=getattr(undone, column))
    published(gone_on, *named_by(gone_on), *named_by(record))
    survivor, loser = gone_on.actor, getattr(gone_on, column)
    edited(gone_on, **{column: ActorFactory()})
    return Case(
        record,
        {column: actor.pk},
        {column: "china"},
        {column: actor.pk},
        undo=changed,
        merge=(loser, survivor),
        unreached={"publishing": HELD},
    )


def question_of_a_stance() -> Case:
    group, stance = IssueFactory(slug="group", question=""), StanceFactory(ref="r-1")
    published(*all_of(stance)[1:], group)
    lost = IssueFactory()
    moved = edit(StanceFactory(issue=lost), issue=IssueFactory())
    edited(lost, question="")
    new, draft = IssueFactory(question=""), StanceFactory()
    published(new, *all_of(draft)[1:])
    edited(new, question="Should it?")
    edited(draft, issue=new)
    values, written = {"issue": group.pk}, {"issue": "group"}
    into = (stance.issue, group)
    return Case(stance, values, written, values, draft=draft, undo=moved, merge=into, others=True)


def question_of_an_issue() -> Case:
    stance = StanceFactory()
    issue, into = stance.issue, IssueFactory(question="")
    published(*all_of(stance), into)
    late = IssueFactory(question="")
    asked = edit(late, question="Should it?")
    StanceFactory(issue=late)
    document = {"has_question": False}
    draft = StanceFactory()
    published(*all_of(draft))
    StanceFactory._meta.model.objects.filter(pk=draft.pk).update(issue=IssueFactory())
    edited(draft.issue, question="")
    return Case(
        issue,
        {"question": ""},
        None,
        document,
        draft.issue,
        asked,
        (issue, into),
        told_at="question",
        others=True,
    )


def ancestors() -> Case:
    above, below = IssueFactory(slug="above"), IssueFactory(slug="below")
    published(above, below)
    edited(below, parent=above)
    published(below)
    turned, under = IssueFactory(), IssueFactory()
    published(turned)
    edited(under, parent=turned)
    published(under)
    edited(under, parent=None)
    edited(turned, parent=under)
    first, second = IssueFactory(), IssueFactory()
    edited(second, parent=first)
    changed = edit(second, parent=None)
    edited(first, parent=second)
    values = {"parent": below.pk}
    return Case(above, values, {"parent": "below"}, values, turned, changed, (above, below))


def settled_early() -> Case:
    def evidence(source: Any) -> dict[str, Any]:
        values = {
            "settled": "2019-01",
            "settlement": "It was voted down.",
            "settlement_locator": "page 1",
        }
        return values | {"settlement_source": source}

    source = SourceFactory(ref="told")
    stances = [StanceFactory(since="2019-02-03") for _ in range(3)]
    issue, draft, emptied = (stance.issue for stance in stances)
    published(source, *all_of(stances[0]), *all_of(stances[1]))
    edited(draft, **evidence(source))
    edited(emptied.stances.get(), since="2018")
    edited(emptied, **evidence(source))
    undo = edit(emptied, settled="", settlement="", settlement_locator="", settlement_source=None)
    edited(emptied.stances.get(), since="2019-02-03")
    why = {
        "sql": LATER,
        "merge": "claims that come to the survivor only make its first one earlier",
    }
    document = {"settled": "[2019-01-01,2019-02-01)"}
    params = {"first": "2019-02-03"}
    return Case(
        issue,
        evidence(source.pk),
        evidence("told"),
        document,
        draft,
        undo,
        unreached=why,
        params=params,
    )


def origins() -> Case:
    first, between, last, turned, under, one, other = (
        SourceFactory(ref=f"r-{number}") for number in range(1, 8)
    )
    edited(between, derives_from=first)
    edited(last, derives_from=between)
    edited(under, derives_from=turned)
    published(first, between, last, turned, under)
    edited(under, derives_from=None)
    edited(turned, derives_from=under)
    edited(one, derives_from=other)
    changed = edit(one, derives_from=None)
    edited(other, derives_from=one)
    values = {"derives_from": last.pk}
    return Case(first, values, {"derives_from": "r-3"}, values, turned, changed, (first, last))


def miscounted() -> Case:
    china, russia = ActorFactory(slug="china"), ActorFactory(slug="russia")
    ballots = [{"actor": china, "choice": "no"}, {"actor": russia, "choice": "no"}]
    vote = VoteFactory(ref="r-1", tally_yes=13, tally_no=2, tally_abstain=0, ballots=ballots)
    draft = VoteFactory(tally_yes=13, tally_no=1, tally_abstain=1, ballots=ballots)
    published(china, russia, *named_by(vote), *named_by(draft))
    why = {"sql": HALF_WAY, "undo": HALF_WAY, "merge": "of two ballots one goes"}
    params = {"cast": 2, "choice": "no", "counted": 1}
    return Case(
        vote, {"tally_no": 1}, document={"tally_no": 1}, draft=draft, unreached=why, params=params
    )


def vetoed() -> Case:
    vote, draft = VoteFactory(ref="r-1"), VoteFactory(outcome="vetoed")
    published(*named_by(vote), *named_by(draft))
    why = {"sql": HALF_WAY, "undo": HALF_WAY, "merge": "memberships of both stay"}
    return Case(
        vote, {"outcome": "vetoed"}, document={"outcome": "vetoed"}, draft=draft, unreached=why
    )


def alone() -> Case:
    act, draft = ActFactory(ref="r-1"), ActFactory()
    published(*named_by(act), *named_by(draft))
    first, second = act.participants.order_by("id")
    with changeset():
        draft.participants.last().delete()
    draft.refresh_from_db()
    why = {"sql": HALF_WAY, "undo": HALF_WAY, "merge": HALF_WAY}
    written, document = (
        {"participants": [{"actor": first.actor.slug}]},
        {"participants": [second.actor_id]},
    )
    return Case(act, {"participants-1-DELETE": "on"}, written, document, draft, unreached=why)


def quoted() -> Case:
    """Return what would quote more of a text than may be;
    by a merge, what is quoted becomes the text.
    """
    text, much = SourceFactory(ref="s-1"), " ".join(["word"] * 26)
    act = ActFactory(ref="r-1", text=text, citations=[{"source": text, "quote": "once"}])
    draft = ActFactory(text=text, citations=[{"source": text, "quote": much}])
    merged = ActFactory(text=text, citations=[{"quote": much}])
    published(*{merged, *named_by(act), *named_by(draft), *named_by(merged)})
    return Case(
        act,
        {"citations-0-quote": much},
        {"citations": [{"source": "s-1", "locator": "p. 4", "quote": much}]},
        draft=draft,
        merge=(merged.citations.get().source, text),
        unreached=dict.fromkeys(("sql", "undo"), DRAFT),
        told_at="citations-0-quote",
        params={"most": 25, "words": 26},
    )


def counted_without_a_vote() -> Case:
    cast = {"outcome": "adopted", "ballots": [{"actor": ActorFactory(slug="china")}]}
    vote, draft = VoteFactory(ref="r-1", **cast), VoteFactory(without_vote=True, **cast)
    published(*named_by(vote), *named_by(draft))
    why = {"sql": HALF_WAY, "undo": HALF_WAY, "merge": "it stays what it is"}
    values, document = {"without_vote": True}, {"without_vote": True}
    return Case(vote, values, document=document, draft=draft, unreached=why, params={"cast": 1})


FORECAST = {"basis": "forecast", "likelihood": "likely"}


def resolved_statement(make: Any) -> Case:
    record, draft = make(ref="r-1", resolutions=[{}], **FORECAST), make(resolutions=[{}])
    published(*named_by(record), *named_by(draft))
    return Case(
        record,
        {"basis": "statement", "likelihood": ""},
        {"basis": "statement", "likelihood": None},
        draft=draft,
        unreached={"sql": HALF_WAY, "undo": TOGETHER, "merge": NOT_OF_OTHERS},
        told_at="resolutions-0-question",
    )


def asked_otherwise(make: Any) -> Case:
    draft = make(resolutions=[{}], **FORECAST)
    published(draft, *named_by(draft))
    edited(draft.resolutions.get(), question="Will it abstain?")
    why = dict.fromkeys((*DESK, "undo"), DRAFT) | {"merge": NOT_OF_OTHERS}
    return Case(draft, draft=draft, unreached=why)


def asked_afterwards(make: Any) -> Case:
    draft = make(resolutions=[{"due": "2019-12-31"}], **FORECAST)
    published(*named_by(draft))
    why = dict.fromkeys((*DESK, "undo"), DRAFT) | {"merge": NOT_OF_OTHERS}
    return Case(draft, draft=draft, unreached=why, params={"due": "2019-12-31"})


def resolved_by_older(make: Any) -> Case:
    older, source = SourceFactory(ref="s-1", issued="2019-05"), SourceFactory(ref="s-2")
    asked = {**YES, "opens": "2019-06-05", "retrospective": True}
    record = make(ref="r-1", resolutions=[{**asked, "source": source}], **FORECAST)
    draft = make(resolutions=[{**asked, "source": older}], **FORECAST)
    published(older, source, *named_by(record), *named_by(draft))
    resolution = record.resolutions.values("question", "criteria", "due", "whose").get()
    written = {
        "resolutions": [{**resolution, **asked, "due": str(resolution["due"]), "source": "s-1"}]
    }
    return Case(
        record,
        {"resolutions-0-source": older.pk},
        written,
        draft=draft,
        unreached={
            "sql": HALF_WAY,
            "undo": HALF_WAY,
            "merge": "the day of the source that stays may be corrected",
        },
        told_at="resolutions-0-source",
        params={"issued": "2019-05-31", "opens": "2019-06-05"},
    )


CASES: dict[str, list[Callable[[], Case]]] = {
    "stance_cites_a_source": [lambda: uncited(StanceFactory)],
    "alignment_cites_a_source": [lambda: uncited(AlignmentFactory)],
    "meeting_cites_a_source": [lambda: uncited(MeetingFactory)],
    "vote_cites_a_source": [lambda: uncited(VoteFactory)],
    "stance_forecasts_have_a_likelihood": [lambda: unlikely(StanceFactory)],
    "alignment_forecasts_have_a_likelihood": [lambda: unlikely(AlignmentFactory)],
    "stance_one_accepted_at_once": [lambda: rivals(StanceFactory)],
    "alignment_one_accepted_at_once": [lambda: rivals(AlignmentFactory)],
    "stance_defers_to_another": [lambda: of_one(StanceFactory, "defers_to")],
    "alignment_is_of_two_actors": [lambda: of_one(AlignmentFactory, "counterpart")],
    "stance_issue_has_a_question": [question_of_a_stance, question_of_an_issue],
    "issue_is_not_its_own_ancestor": [ancestors],
    "vote_ballots_are_within_its_tally": [miscounted],
    "vote_veto_is_by_a_permanent_member": [vetoed],
    "vote_without_vote_has_no_ballots": [counted_without_a_vote],
    "act_cites_a_source": [lambda: uncited(ActFactory)],
    "act_is_of_two_participants": [alone],
    "issue_is_settled_after_its_first_claim": [settled_early],
    "source_is_not_its_own_origin": [origins],
    "act_quotes_little_of_its_text": [quoted],
    "stance_resolution_source_is_no_older": [lambda: resolved_by_older(StanceFactory)],
    "alignment_resolution_source_is_no_older": [lambda: resolved_by_older(AlignmentFactory)],
    "stance_resolution_is_of_a_forecast": [lambda: resolved_statement(StanceFactory)],
    "stance_resolution_stays": [lambda: asked_otherwise(StanceFactory)],
    "stance_resolution_comes_first": [lambda: asked_afterwards(StanceFactory)],
    "alignment_resolution_is_of_a_forecast": [lambda: resolved_statement(AlignmentFactory)],
    "alignment_resolution_stays": [lambda: asked_otherwise(AlignmentFactory)],
    "alignment_resolution_comes_first": [lambda: asked_afterwards(AlignmentFactory)],
}
# the code of the rule, what is said, and whether others are named
Told = list[tuple[str, str, bool]]


def by_form(case: Case, filled: Any, **_: Any) -> Told:
    client, address = (
        logged_in("analysts"),
        f"/admin/tracker/{noun_of(case.record)}/{case.record.pk}/change/",
    )
    told = errors(client.post(address, filled(client.get(address)) | case.values))
    return [("", text, True) for text in told.get(case.told_at, told.get("__all__", []))]


def by_api(case: Case, **_: Any) -> Told:
    body, version = case.written or case.values, f'"{case.record.version}"'
    response = Worker("analysts").ask(
        "PATCH", at(case.record), body, If_Match=version, Change_Reason="x"
    )
    return [(fault["rule"], fault["detail"], True) for fault in response.json()["errors"]]


def by_import(case: Case, tmp_path: Any, **_: Any) -> Told:
    return [
        (fault.rule, fault.text, bool(fault.others))
        for fault in planned(write(tmp_path, **case.row)).faults
    ]


def by_command(case: Case, tmp_path: Any, **_: Any) -> Told:
    says = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import", str(write(tmp_path, **case.row)), stdout=says, stderr=says)
    return [("", f"{says.getvalue()} {error.value}", True)]


def by_sql(case: Case, acting_as: Any, **_: Any) -> Told:
    values = {
        f"{name}_id" if isinstance(value, int) else name: value
        for name, value in case.values.items()
    }
    with acting_as(settings.OWNER), refused() as told:
        type(case.record)._default_manager.filter(pk=case.record.pk).update(**values)
    return told


def by_undo(case: Case, **_: Any) -> Told:
    with changeset(), refused() as told:
        undo.undo(changeset=case.undo)  # type: ignore[arg-type]
    return told


def by_merge(case: Case, **_: Any) -> Told:
    loser, survivor = (Chosen(noun_of(record), record.pk) for record in case.merge or ())
    with changeset(), refused() as told:
        merge(loser=loser, survivor=survivor)
    return told


def by_publishing(case: Case, **_: Any) -> Told:
    return of(blockers(records=chosen(case.draft), by=None))


def by_documents(case: Case, acting_as: Any, **_: Any) -> Told:
    record = case.record if case.document or not case.draft else case.draft
    is_public = DOCUMENTS[noun_of(record)].objects.filter(record=record.pk, closed=None).exists()
    with acting_as(settings.OWNER), refused() as told:
        edition = begin_edition()
        if is_public:
            close(record, edition)
        open_document(record, edition, **case.document)
        tell(record, edition, "updated" if is_public else "published")
        run("SET CONSTRAINTS ALL IMMEDIATE")
    return told


EDGES: dict[str, Callable[..., Told]] = {
    "form": by_form,
    "api": by_api,
    "import": by_import,
    "command": by_command,
    "sql": by_sql,  # as the owner of the tables, at the desk
    "undo": by_undo,
    "merge": by_merge,
    "publishing": by_publishing,
    "documents": by_documents,  # as the owner, in the publication
}


@pytest.mark.parametrize(
    ("code", "make"),
    [pytest.param(code, make, id=code) for code, cases in CASES.items() for make in cases],
)
def test_what_breaks_a_rule_is_refused_at_each_edge(code, make, tmp_path, acting_as, filled):
    rule, case = BY_CODE[code], make()
    case.told_at = case.told_at or rule.field
    reached = EDGES.keys() - case.unreached.keys()

    told = {
        edge: EDGES[edge](case, tmp_path=tmp_path, acting_as=acting_as, filled=filled)
        for edge in reached
    }

    words = rule.message.format("{}", **case.params).split("{}")[-1].lower()
    assert {
        edge
        for edge, said in told.items()
        if [words in text.lower() for _, text, _ in said] != [True]
    } == set()
    assert {edge: said[0][0] for edge, said in told.items()} == {
        edge: "" if edge in ("form", "command") else code for edge in reached
    }
    assert {edge for edge, said in told.items() if case.others and not said[0][2]} == set()


def test_each_rule_is_tried():
    assert CASES.keys() == {rule.code for rule in RULES}


def named_by(record: Any) -> list[Any]:
    named = [
        getattr(record, name, None)
        for name in ("issue", "actor", "counterpart", "defers_to", "body")
    ]
    lists = [
        getattr(record, name).all() for name in ("participants", "ballots") if hasattr(record, name)
    ]
    named += [part.actor for parts in lists for part in parts]
    return [*filter(None, named), *(citation.source for citation in record.citations.all())] or [
        SourceFactory()
    ]


def of(problems: Any) -> Told:
    return [(problem.rule, problem.text, bool(problem.others)) for problem in problems]


@contextmanager
def refused() -> Iterator[Told]:
    """Expect that the database or the tracker refuses what happens here, and note what is said."""
    told: Told = []
    with pytest.raises((DatabaseError, RefusedError)) as refusal, transaction.atomic():
        yield told
    error = refusal.value
    told += of(
        error.problems if isinstance(error, RefusedError) else filter(None, [problem_of(error)])
    )


@pytest.mark.parametrize("day", ["2019-02-03", "2019-02", "2019"])
def test_a_day_that_may_be_that_of_the_first_claim_is_taken(day):
    stance, later = StanceFactory(since="2019-02-03"), StanceFactory(since="")
    AlignmentFactory(issue=stance.issue, since="2020")
    for issue in (stance.issue, later.issue):
        edited(
            issue,
            settled=day,
            settlement="So.",
            settlement_source=SourceFactory(),
            settlement_locator="page 1",
        )
        published(issue, issue.settlement_source)


def test_the_whole_circle_is_told_of_sources_that_pass_each_other_on(tmp_path, filled):
    case = origins()
    case.told_at = "derives_from"
    rows = [{"ref": f"r-{one}", "derives_from": f"r-{other}"} for one, other in ((6, 7), (7, 6))]

    for [(_, text, _)] in (
        by_form(case, filled),
        by_api(case),
        by_import(case, tmp_path),
        by_publishing(case),
    ):
        told = re.search("circle (source.*?)(,? and|$)", text)
        assert told, text
        assert len(told[1].split(", ")) == (2 if "publish" in text else 3), text
    assert len([*planned(write(tmp_path, sources=rows)).faults]) == 2
