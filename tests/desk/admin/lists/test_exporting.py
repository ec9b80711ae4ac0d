"""What is exported imports back without a change."""

from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.costs import cost
from tests.desk.imports.importing import outcomes, run
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    MembershipFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker.desk.admin.lists import exporting
from tracker.desk.imports import Action
from tracker.models import Source, Stance
from tracker.models.nouns import RECORDS
from tracker.public.formats.csv import write_rows
from tracker.values.nouns import Noun
from tracker.values.texts import is_blank

DATASET = Path(__file__).parents[4] / "tracker" / "dataset"
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60
)
TITLES = TEXTS.filter(lambda text: not is_blank(text))
DANGEROUS = [
    "=1+1",
    "'",
    "''=x",
    "\t",
    "\r\n",
    '"',
    "NA",
    "null",
    "a,b;c",
    "[",
    "é\u0301",
    "\ufeff",
    " x ",
]


def export(directory: Path) -> Path:
    """Write everything at the desk to files; return their directory."""
    for noun, model in RECORDS.items():
        records = model._default_manager.order_by("-pk")
        pieces = write_rows(exporting.columns(noun), exporting.rows(noun, records))
        (directory / f"{noun.plural}.csv").write_bytes(b"".join(pieces))
    return directory


def become(directory: Path) -> set[Action]:
    """Return what would become of all rows of what is exported now."""
    return {outcome.action for outcome in outcomes(export(directory))}


@pytest.mark.django_db
def test_the_first_dataset_comes_back_the_same(tmp_path: Path) -> None:
    run(DATASET)
    imported = outcomes(export(tmp_path))
    assert len(imported) == sum(model._default_manager.count() for model in RECORDS.values()) > 200
    assert {outcome.action for outcome in imported} == {Action.SAME}


@pytest.mark.django_db
def test_dangerous_texts_come_back_the_same(tmp_path: Path) -> None:
    for text in DANGEROUS:
        make(f"x{text}" if is_blank(text) else text, text)
    assert become(tmp_path) == {Action.SAME}


@pytest.mark.slow
class NastyTexts(TestCase):
    """Each example in a transaction of its own."""

    @given(TITLES, TEXTS)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_any_text_comes_back_the_same(self, title: str, text: str) -> None:
        make(title, text)
        assert become(self.directory) == {Action.SAME}

    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path: Path) -> None:
        self.directory = tmp_path


def make(title: str, text: str) -> None:
    """Make a record of each noun with all its parts, these texts wherever there can be any."""
    source = SourceFactory(
        title=title,
        publisher=text,
        container_title=text,
        keywords=[text, "'"],
        authors=[{"family": text}],
    )
    other, state = SourceFactory(ref=f"other-{Source.objects.count()}"), ActorFactory()
    actor = ActorFactory(
        name=title, short_name=text[:60], names={"zh": text}, aliases=[text], summary=text
    )
    MembershipFactory(actor=actor, organization=state, role=text, source=other)
    MembershipFactory(actor=actor, organization=state, role="", source=None)
    issue = IssueFactory(
        title=title, question=title, summary=text, parent=IssueFactory(), themes=["energy", "trade"]
    )
    citation = {"source": source, "locator": text, "quote": text}
    StanceFactory(
        actor=actor,
        issue=issue,
        summary=text,
        standing="contested",
        standing_note=title,
        defers_to=state,
        citations=[citation, {"source": other, "locator": "1"}],
        confirmed_on=None,
    )
    AlignmentFactory(
        issue=issue, actor=actor, counterpart=state, summary=text, citations=[citation]
    )
    MeetingFactory(
        title=title, place=text, series=text, summary=text, citations=[citation],
        participants=[{"actor": actor, "represented_by": state}, {"actor": state}],
        issues=[{"issue": issue, "outcome": text}],
    )  # fmt: skip
    ActFactory(
        title=title,
        place=text,
        series=text,
        summary=text,
        text=source,
        instruments=["legal"],
        citations=[citation],
        participants=[
            {"actor": actor, "represented_by": state},
            {"actor": state, "role": "signatory"},
        ],
        issues=[{"issue": issue, "outcome": text}],
    )
    VoteFactory(
        body=actor,
        title=title,
        summary=text,
        issue=issue,
        yes_means="supports",
        symbol="S/2019/186",
        session=3,
        tally_yes=1,
        tally_no=0,
        tally_abstain=0,
        citations=[citation],
        ballots=[{"actor": state, "choice": "yes", "note": text}],
    )


@pytest.mark.django_db
def test_one_statement_whatever_there_is() -> None:
    for _ in range(2):
        make("x", "y")
    for noun, model in RECORDS.items():
        assert cost(partial(list, exporting.rows(noun, model._default_manager.all()))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_reader_holds_no_lock_and_no_transaction_and_reads_one_moment() -> None:
    StanceFactory.create_batch(3)
    reading = exporting.rows(Noun.STANCE, Stance.objects.order_by("pk"))
    first = next(reading)
    assert not connection.in_atomic_block
    held = (
        "SELECT count(*) FROM pg_locks WHERE relation = 'tracker_stance'::regclass AND pid = "
        "pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        cursor.execute(held)
        assert cursor.fetchone() == (0,)
    Stance.objects.update(summary="changed meanwhile")
    assert "changed meanwhile" not in str([first, *reading])
