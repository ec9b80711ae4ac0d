"""Votes: recorded decisions of a body, and the ballots of its members.

A vote is an act: it begins no stance. Several votes (on paragraphs, on amendments, a second count)
may share a symbol, so a vote is found again by its `ref`.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from tracker.models.citations import Citation, citation_terms
from tracker.models.constraints import known_lists, known_terms, plain_lists, within
from tracker.models.documents import Document, document_indexes, document_rules, public_columns
from tracker.models.fields import (
    FlagField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
    TermsField,
    VagueDateField,
    WholeNumberField,
    first_day,
    last_day,
)
from tracker.models.indexes import listed_by, search_index, spellings
from tracker.models.records import Record, days_of, record_constraints, record_indexes
from tracker.schema import votes as public
from tracker.values.vocabularies import TALLY, Choice, Theme, VoteKind, VoteOutcome, YesMeans

WHOLE_TALLY = models.Q(tally_yes__isnull=False, tally_no__isnull=False, tally_abstain__isnull=False)


class Vote(Record):
    """One recorded vote of a body."""

    body = ReferenceField("tracker.Actor", "The organization that decides.")
    symbol = LineField(
        "The document voted on, as the body writes it: “S/2019/186”.", max_length=100
    )
    draft_symbol = LineField(
        "The draft that was voted on, where what was adopted has another symbol: “S/2015/547”.",
        max_length=100,
    )
    title = LineField("A short label of what is voted on.")
    held = VagueDateField("The day of the vote; empty: unknown.")
    session = WholeNumberField(public.Vote, "session")
    meeting_record = LineField("The record of the meeting: “S/PV.7488”.", max_length=100)
    kind = TermField(VoteKind)
    amends = LineField(
        "The symbol, or the ref of the vote, of which this is an amendment or a paragraph.",
        max_length=100,
    )
    outcome = TermField(VoteOutcome, default=VoteOutcome.NOT_KNOWN)
    without_vote = FlagField(
        default=False,
        help_text="On if it was adopted without a vote: it has no ballots then, and no count.",
    )
    issue = ReferenceField(
        "tracker.Issue", "The issue on whose question the vote bears.", null=True
    )
    yes_means = TermField(YesMeans, blank=True, default="")
    themes = TermsField(Theme)
    summary = ProseField("What was voted on and what came of it, in a few sentences.")
    tally_yes = WholeNumberField(public.Vote, "tally_yes")
    tally_no = WholeNumberField(public.Vote, "tally_no")
    tally_abstain = WholeNumberField(public.Vote, "tally_abstain")
    tally_absent = WholeNumberField(public.Vote, "tally_absent")
    ballots_complete = FlagField(
        default=True,
        help_text="Off if a ballot of a member that this tracker follows is not evidenced.",
    )
    held_earliest = first_day("held")
    held_latest = last_day("held")

    class Meta:
        indexes = [
            *record_indexes("vote"),
            *listed_by("vote", "held_latest", "body", "kind", "outcome"),
            models.Index(fields=["symbol"], name="vote_symbol"),
            search_index(
                "vote",
                "title",
                spellings("symbol"),
                "draft_symbol",
                "meeting_record",
                "amends",
                "summary",
                "ref",
            ),
        ]
        constraints = [
            *record_constraints("vote"),
            *known_terms(
                "vote",
                optional=("yes_means",),
                kind=VoteKind,
                outcome=VoteOutcome,
                yes_means=YesMeans,
            ),
            *known_lists("vote", themes=Theme),
            *plain_lists("vote", "themes"),
            *(within("vote", public.Vote, name) for name in ("session", *TALLY.values())),
            models.CheckConstraint(
                name="vote_says_of_which_issue",
                condition=models.Q(yes_means="") | models.Q(issue__isnull=False),
                violation_error_code="yes_means",
                violation_error_message=(
                    "a yes means something for an issue only; name that, or leave this empty."
                ),
            ),
            models.CheckConstraint(
                name="vote_tally_is_whole",
                condition=WHOLE_TALLY
                | models.Q(**{f"{name}__isnull": True for name in TALLY.values()}),
                violation_error_code="tally_yes",
                violation_error_message=(
                    "give how many voted yes, no and abstained, all three, or no count at all."
                ),
            ),
            models.CheckConstraint(
                name="vote_without_vote_is_adopted",
                condition=models.Q(without_vote=False) | models.Q(outcome=VoteOutcome.ADOPTED),
                violation_error_code="without_vote",
                violation_error_message=(
                    "without a vote it can only be adopted: choose that, or turn this off."
                ),
            ),
            models.CheckConstraint(
                name="vote_without_vote_counts_nothing",
                condition=models.Q(without_vote=False)
                | models.Q(**{f"{name}__isnull": True for name in TALLY.values()}),
                violation_error_code="without_vote",
                violation_error_message=(
                    "what was adopted without a vote has no count: take it out, or turn this off."
                ),
            ),
        ]

    day = "held"  # on which it may have been

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: always."""
        return True

    def document_columns(self) -> dict[str, Any]:
        return {"days": days_of(self, "held")}

    def __str__(self) -> str:
        return self.title or self.symbol or f"vote {self.pk}"


class Ballot(models.Model):
    """A part of a vote: what one member cast."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    actor = ReferenceField("tracker.Actor", "Which member.")
    choice = TermField(Choice)
    note = LineField(
        "What is to be said of it: that it had meant to vote otherwise, for instance.",
        max_length=1000,
    )

    is_ordered = False  # readers get ballots by choice

    class Meta:
        constraints = [
            *known_terms("ballot", choice=Choice),
            models.UniqueConstraint(fields=["vote", "actor"], name="ballot_once_a_vote"),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk}"


class VoteCitation(Citation):
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("vote_citation")


def _in_order(choice: str) -> tuple[str, models.Func]:
    """Return the condition that a column has who cast a choice in order,
    so that an actor is found by halves.
    """
    return choice, models.Func(
        choice, function="array_sort", output_field=ArrayField(models.IntegerField())
    )


@public_columns(Vote)
class VoteDocument(Document):
    """A vote as readers see or saw it;
    its ballots are no more than its tally counts, and in order.
    """

    sort = models.DateField()
    days = DateRangeField(null=True)

    # agreement is counted from the other columns of thousands of rows
    storage = "ALTER COLUMN body SET STORAGE EXTERNAL"

    class Meta:
        constraints = [
            *document_rules("vote_document"),
            models.CheckConstraint(
                name="vote_document_ballots_in_order",
                condition=models.Q(*(_in_order(choice.value) for choice in Choice)),
                violation_error_message=(
                    "ballots: a document has who cast the same in the order of their numbers."
                ),
            ),
        ]
        indexes = document_indexes("vote", "own_body", "issue", descending=True)
