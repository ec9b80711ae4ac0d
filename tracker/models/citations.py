"""Citations: parts of a claim, meeting or vote, each one source that backs or contradicts it.

One table per noun, so that every citation has a real foreign key to what it backs.
"""

from django.db import models

from tracker.models.alignments import Alignment
from tracker.models.constraints import known_terms
from tracker.models.fields import prose, term, text
from tracker.models.meetings import Meeting
from tracker.models.merging import names_no_merged
from tracker.models.stances import Stance
from tracker.models.tracking import tracked
from tracker.models.votes import Vote
from tracker.values.csl import Locator
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Credibility, Relation


class Citation(models.Model):
    """One source backing (or contradicting) one claim, and where in it."""

    source = models.ForeignKey("tracker.Source", on_delete=models.PROTECT, related_name="+", help_text="The source.")
    relation = term(Relation, default=Relation.SUPPORTS)
    locator_label = term(Locator, blank=True, default="")
    locator = text("Where in the source: “Venezuela, paragraph 2”.", max_length=200)
    quote = prose("The words of the source, if they matter.")
    quote_language = text("The quote's language, as a BCP 47 tag.", max_length=35)
    credibility = term(Credibility, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.locator or f"citation {self.pk}"


def citation_terms(table: str) -> list[models.BaseConstraint]:
    """Return the constraints on what every citation has."""
    optional = ("locator_label", "credibility")
    return known_terms(table, optional=optional, relation=Relation, locator_label=Locator, credibility=Credibility)


class StanceCitation(Citation):
    stance = models.ForeignKey(Stance, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("stance_citation")

    triggers = (*tracked(Noun.STANCE, part="citation", owner="stance_id"), *names_no_merged("stancecitation"))


class AlignmentCitation(Citation):
    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("alignment_citation")

    triggers = (
        *tracked(Noun.ALIGNMENT, part="citation", owner="alignment_id"),
        *names_no_merged("alignmentcitation"),
    )


class MeetingCitation(Citation):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("meeting_citation")

    triggers = (*tracked(Noun.MEETING, part="citation", owner="meeting_id"), *names_no_merged("meetingcitation"))


class VoteCitation(Citation):
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("vote_citation")

    triggers = (*tracked(Noun.VOTE, part="citation", owner="vote_id"), *names_no_merged("votecitation"))
