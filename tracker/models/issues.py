"""Issues: the matters on which actors take positions, as a tree.

An issue with a `question` takes stances; a grouping issue has none and takes no stances, though it
may have alignments. A question that was decided on a day is settled: what held then is told as of
that day. The tree has no cycles, also when two issues are moved at the same moment: a trigger takes
one lock for the whole tree before it looks.
"""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from tracker.models.constraints import (
    known_lists,
    known_terms,
    matches,
    plain_lists,
    says_something,
)
from tracker.models.documents import (
    Document,
    document_indexes,
    document_rules,
    indexes_now_and_then,
    near_names_index,
    own_names_index,
    public_columns,
)
from tracker.models.fields import (
    LineField,
    ProseField,
    ReferenceField,
    SlugField,
    TermField,
    TermsField,
    VagueDateField,
    first_day,
    last_day,
)
from tracker.models.functions import Today
from tracker.models.indexes import search_index
from tracker.models.merging import survivor
from tracker.models.records import Record, days_of, record_constraints, record_indexes
from tracker.models.triggers import Trigger
from tracker.values.vocabularies import Region, Theme

OPEN = models.Q(settled="")


def settled_with_evidence() -> list[models.BaseConstraint]:
    """Return the checks on day, sentence and citation of a settled question:
    all of them or none, of a day that came.

    Each is about one field, so that all that is missing is told at once.
    """
    sentence = "say in one sentence what settled it, or leave “settled” empty."
    locator = "say where in the source, or leave “settled” empty."
    nothing = models.Q(settlement="", settlement_source__isnull=True, settlement_locator="")
    # name, condition, field, what is said
    others = (
        (
            "cites",
            OPEN | models.Q(settlement_source__isnull=False),
            "settlement_source",
            "name the source that says what settled it, or leave “settled” empty.",
        ),
        (
            "is_of_a_day",
            ~OPEN | nothing,
            "settled",
            "write when it was settled, or leave its sentence, source and locator empty, too.",
        ),
        (
            "has_a_question",
            OPEN | ~models.Q(question=""),
            "settled",
            "a grouping issue has no question to settle; settle the issues below it.",
        ),
        (
            "has_come",
            models.Q(settled_earliest__isnull=True) | models.Q(settled_earliest__lte=Today()),
            "settled",
            "it is a day to come; write it when it has come.",
        ),
    )
    return [
        says_something("issue_settlement_says_how", "settlement", sentence, unless=OPEN),
        says_something("issue_settlement_says_where", "settlement_locator", locator, unless=OPEN),
        *(
            models.CheckConstraint(
                name=f"issue_settlement_{name}",
                condition=condition,
                violation_error_code=field,
                violation_error_message=says,
            )
            for name, condition, field, says in others
        ),
    ]


class Issue(Record):
    """A matter on which actors take positions; part of a tree."""

    slug = SlugField()
    title = LineField("The name of the matter.", max_length=200, required=True)
    question = LineField(
        "The proposition that a position supports or opposes, e.g. “Should UN sanctions on "
        "Pyongyang be eased?”. Empty for a grouping issue, which takes no stances."
    )
    summary = ProseField("What the matter is about, in a few sentences.")
    parent = ReferenceField(
        "self",
        "The wider matter that this one is part of.",
        verbose_name="part of",
        null=True,
        related_name="children",
    )
    themes = TermsField(Theme)
    region = TermField(Region, blank=True, default="")
    settled = VagueDateField(
        "The day on which its question was decided, by a vote or an event: from then on "
        "nobody takes a position on it. Empty: it is open."
    )
    settlement = LineField("What decided it, in one sentence of your own.")
    settlement_source = ReferenceField("tracker.Source", "The source that says so.", null=True)
    settlement_locator = LineField(
        "Where in that source: “the vote on S/2019/186”.", max_length=200
    )
    merged_into = survivor()
    settled_earliest = first_day("settled")
    settled_latest = last_day("settled")

    class Meta:
        indexes = [
            *record_indexes("issue"),
            search_index("issue", "title", "slug", "question", "ref"),
        ]
        constraints = [
            *record_constraints("issue"),
            *known_terms("issue", optional=("region",), region=Region),
            *known_lists("issue", themes=Theme),
            *plain_lists("issue", "themes"),
            matches("issue", "slug", *SlugField.form),
            says_something("issue_has_a_title", "title", "write one, of letters that are seen."),
            *settled_with_evidence(),
        ]

    triggers = (
        Trigger(
            "keeps_its_question",
            "BEFORE UPDATE OF question",
            "keep_question",
            condition="NEW.question = ''",
        ),
        Trigger(
            "is_not_its_own_ancestor",
            "BEFORE INSERT OR UPDATE OF parent_id",
            "keep_tree",
            condition="NEW.parent_id IS NOT NULL",
        ),
    )

    def document_columns(self) -> dict[str, Any]:
        return {"has_question": self.question != "", "settled": days_of(self, "settled")}

    def __str__(self) -> str:
        return self.title


class CoreInterest(models.Model):
    """A part of an issue: an actor that counts the matter among its core interests."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="core_interests")
    actor = ReferenceField("tracker.Actor", "Whose core interest the matter is.")
    note = LineField("In what way.", max_length=500)

    is_ordered = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "actor"], name="core_interest_once_per_actor")
        ]

    def __str__(self) -> str:
        return f"core interest {self.pk}"


@public_columns(Issue)
class IssueDocument(Document):
    """An issue as readers see or saw it."""

    sort = models.TextField()
    has_question = models.BooleanField()
    settled = DateRangeField(
        null=True, help_text="The days that the one can mean on which its question was settled."
    )

    class Meta:
        constraints = document_rules("issue_document")
        indexes = [
            *document_indexes("issue", ever=["slug"]),
            near_names_index("issue"),
            own_names_index("issue"),
            *indexes_now_and_then("issue", "parent", ["parent", "record"]),
        ]
