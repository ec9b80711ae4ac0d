"""A small publication with everything in it that can go wrong, and the means to damage it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

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
from tests.publishing.acts import edited, published, retracted
from tracker.verify import chain, events, facts, subjects, verify


class World:
    """Editions 1 to 7: all published; an actor renamed; a stance updated;
    a meeting retracted and published again.
    """

    def __init__(self) -> None:
        self.source = SourceFactory(title="An Article")
        cited = [{"source": self.source, "locator": "p. 7", "quote": "Words."}]
        self.bloc = ActorFactory(slug="bloc", kind="bloc", name="Bloc")
        self.actor = ActorFactory(
            slug="china", name="China", memberships=[{"organization": self.bloc, "role": "a"}]
        )
        self.other = ActorFactory(slug="russia", name="Russia", iso3="RUS")
        self.above = IssueFactory(slug="above", title="Above", question="")
        self.issue = IssueFactory(slug="below", title="Below", parent=self.above)
        self.stance = StanceFactory(
            actor=self.actor, issue=self.issue, citations=cited, until="2019"
        )
        self.forecast = StanceFactory(
            actor=self.other,
            issue=self.issue,
            citations=cited,
            basis="forecast",
            likelihood="likely",
            position="silent",
        )
        self.alignment = AlignmentFactory(
            actor=self.actor,
            counterpart=self.other,
            issue=self.issue,
            citations=cited,
            since="2010",
        )
        self.meeting = MeetingFactory(
            participants=[{"actor": self.actor, "role": "host"}, {"actor": self.other}],
            issues=[{"issue": self.issue, "outcome": "None."}],
            citations=cited,
        )
        self.act = ActFactory(
            participants=[{"actor": self.actor}, {"actor": self.other}],
            issues=[{"issue": self.issue}],
            citations=cited,
        )
        self.draft = StanceFactory()
        self.vote = VoteFactory(citations=cited)
        claims = (
            self.stance,
            self.forecast,
            self.alignment,
            self.meeting,
            self.act,
            self.vote,
            self.vote.body,
        )
        published(
            self.source,
            self.bloc,
            self.actor,
            self.other,
            self.above,
            self.issue,
            *claims,
            note="All.",
        )
        edited(self.actor, name="PRC", slug="prc")
        published(self.actor)
        edited(self.stance, summary="Corrected.")
        self.stance.citations.create(source=self.source, quote="More words.")
        published(self.stance)
        retracted(self.meeting)
        published(self.meeting)
        edited(self.stance, summary="Half-made.")
        # Otherwise the rows that were made here still wait for their foreign keys to be looked at.
        run("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


def run(*statements: str) -> int:
    """Run statements and return how many rows the last of them touched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.rowcount


@contextmanager
def damage() -> Iterator[None]:
    """Work as a superuser whom no trigger and no foreign key stops."""
    run("SET ROLE NONE", "SET session_replication_role = replica")
    try:
        yield
    finally:
        run("SET session_replication_role = origin", "SET ROLE tracker_app")


def damaged(*statements: str) -> list[str]:
    """Damage the database by statements, the last of which must hit something,
    and return what is `told` then.
    """
    with damage():
        assert run(*statements), "nothing was damaged"
    return other_complaints()


def other_complaints() -> list[str]:
    """Return what `verify` says besides what events, the chain, subjects and facts tell,
    which have own tests.
    """
    others = {
        complaint
        for check in (events, chain, subjects, facts)
        for complaint in check.complaints(lambda *_: None)
    }
    return [complaint for complaint in complaints() if complaint not in others]


def complaints(**options: Any) -> list[str]:
    return list(verify(**options))
