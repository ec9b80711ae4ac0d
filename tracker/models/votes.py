"""Votes: recorded decisions of a body, and the ballots of its members.

A vote is an act: it begins no stance. Several votes (on paragraphs, on amendments, a second count) may share a symbol,
so a vote is found again by its `ref`.
"""

from django.db import models

from tracker.models.constraints import known_lists, known_terms, plain_lists, within
from tracker.models.fields import first_day, last_day, prose, term, terms, text, vague_date, whole_number
from tracker.models.indexes import listed_by
from tracker.models.merging import names_no_merged
from tracker.models.records import Record, record_constraints, record_indexes
from tracker.models.searching import search_index
from tracker.models.tracking import never_public, tracked
from tracker.schema import votes as public
from tracker.values.nouns import Noun
from tracker.values.vocabularies import TALLY, Choice, Theme, VoteKind, VoteOutcome, YesMeans

WHOLE_TALLY = models.Q(tally_yes__isnull=False, tally_no__isnull=False, tally_abstain__isnull=False)


class Vote(Record):
    """One recorded vote of a body."""

    body = models.ForeignKey(
        "tracker.Actor", on_delete=models.PROTECT, related_name="+", help_text="The organization that decides."
    )
    symbol = text("The document voted on, as the body writes it: “S/2019/186”.", max_length=100)
    title = text("A short label of what is voted on.")
    held = vague_date("The day of the vote; empty: unknown.")
    session = whole_number(public.Vote, "session")
    kind = term(VoteKind)
    amends = text("The symbol, or the ref of the vote, of which this is an amendment or a paragraph.", max_length=100)
    outcome = term(VoteOutcome, default=VoteOutcome.NOT_KNOWN)
    issue = models.ForeignKey(
        "tracker.Issue",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The issue on whose question the vote bears.",
    )
    yes_means = term(YesMeans, blank=True, default="")
    themes = terms(Theme)
    summary = prose("What was voted on and what came of it, in a few sentences.")
    tally_yes = whole_number(public.Vote, "tally_yes")
    tally_no = whole_number(public.Vote, "tally_no")
    tally_abstain = whole_number(public.Vote, "tally_abstain")
    tally_absent = whole_number(public.Vote, "tally_absent")
    ballots_complete = models.BooleanField(
        default=True, help_text="Off if a ballot of a member that this tracker follows is not evidenced."
    )
    held_earliest = first_day("held")
    held_latest = last_day("held")

    class Meta:
        indexes = [
            *record_indexes("vote"),
            *listed_by("vote", "held_latest", "body", "kind", "outcome"),
            models.Index(fields=["symbol"], name="vote_symbol"),
            search_index(Noun.VOTE),
        ]
        constraints = [
            *record_constraints("vote"),
            *known_terms("vote", optional=("yes_means",), kind=VoteKind, outcome=VoteOutcome, yes_means=YesMeans),
            *known_lists("vote", themes=Theme),
            *plain_lists("vote", "themes"),
            *(within("vote", public.Vote, name) for name in ("session", *TALLY.values())),
            models.CheckConstraint(
                name="vote_says_of_which_issue",
                condition=models.Q(yes_means="") | models.Q(issue__isnull=False),
                violation_error_code="yes_means",
                violation_error_message="a yes means something for an issue only; name that, or leave this empty.",
            ),
            models.CheckConstraint(
                name="vote_tally_is_whole",
                condition=WHOLE_TALLY | models.Q(**{f"{name}__isnull": True for name in TALLY.values()}),
                violation_error_code="tally_yes",
                violation_error_message="give how many voted yes, no and abstained, all three, or no count at all.",
            ),
        ]

    day = "held"  # on which it may have been
    triggers = (
        *tracked(Noun.VOTE, generated=("held_earliest", "held_latest")),
        never_public(Noun.VOTE),
        *names_no_merged("vote"),
    )

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: always."""
        return True

    def __str__(self) -> str:
        return self.title or self.symbol or f"vote {self.pk}"


class Ballot(models.Model):
    """A part of a vote: what one member cast."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    actor = models.ForeignKey("tracker.Actor", on_delete=models.PROTECT, related_name="+", help_text="Which member.")
    choice = term(Choice)
    note = text("What is to be said of it: that it had meant to vote otherwise, for instance.", max_length=1000)

    class Meta:
        constraints = [
            *known_terms("ballot", choice=Choice),
            models.UniqueConstraint(fields=["vote", "actor"], name="ballot_once_a_vote"),
        ]

    triggers = (*tracked(Noun.VOTE, part="ballot", owner="vote_id"), *names_no_merged("ballot"))

    def __str__(self) -> str:
        return f"ballot {self.pk}"
