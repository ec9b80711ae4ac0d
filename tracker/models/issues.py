"""Issues: the matters on which actors take positions, as a tree.

An issue with a `question` takes stances; a grouping issue has none and takes no stances, though it may have
alignments. The tree has no cycles, also when two issues are moved at the same moment: a trigger takes one lock for
the whole tree before it looks.
"""

from typing import Any

from django.db import models

from tracker.models.constraints import known_lists, known_terms, matches, plain_lists, says_something
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
)
from tracker.models.indexes import search_index
from tracker.models.merging import survivor
from tracker.models.records import Record, record_constraints, record_indexes
from tracker.models.triggers import Trigger
from tracker.values.vocabularies import Region, Theme


class Issue(Record):
    """A matter on which actors take positions; part of a tree."""

    slug = SlugField()
    title = LineField("The name of the matter.", max_length=200, required=True)
    question = LineField(
        "The proposition that a position supports or opposes, e.g. “Should UN sanctions on Pyongyang be eased?”. "
        "Empty for a grouping issue, which takes no stances."
    )
    summary = ProseField("What the matter is about, in a few sentences.")
    parent = ReferenceField(
        "self", "The wider matter that this one is part of.", verbose_name="part of", null=True, related_name="children"
    )
    themes = TermsField(Theme)
    region = TermField(Region, blank=True, default="")
    merged_into = survivor()

    class Meta:
        indexes = [*record_indexes("issue"), search_index("issue", "title", "slug", "question", "ref")]
        constraints = [
            *record_constraints("issue"),
            *known_terms("issue", optional=("region",), region=Region),
            *known_lists("issue", themes=Theme),
            *plain_lists("issue", "themes"),
            matches("issue", "slug", *SlugField.form),
            says_something("issue_has_a_title", "title", "write one, of letters that are seen."),
        ]

    triggers = (
        Trigger("keeps_its_question", "BEFORE UPDATE OF question", "keep_question", condition="NEW.question = ''"),
        Trigger(
            "is_not_its_own_ancestor",
            "BEFORE INSERT OR UPDATE OF parent_id",
            "keep_tree",
            condition="NEW.parent_id IS NOT NULL",
        ),
    )

    def document_columns(self) -> dict[str, Any]:
        return {"has_question": self.question != ""}

    def __str__(self) -> str:
        return self.title


class CoreInterest(models.Model):
    """A part of an issue: an actor that counts the matter among its core interests."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="core_interests")
    actor = ReferenceField("tracker.Actor", "Whose core interest the matter is.")
    note = LineField("In what way.", max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "actor"], name="core_interest_once_per_actor")]

    def __str__(self) -> str:
        return f"core interest {self.pk}"


@public_columns(Issue)
class IssueDocument(Document):
    """An issue as readers see or saw it."""

    sort = models.TextField()
    has_question = models.BooleanField()

    class Meta:
        constraints = document_rules("issue_document")
        indexes = [
            *document_indexes("issue", ever=["slug"]),
            near_names_index("issue"),
            own_names_index("issue"),
            *indexes_now_and_then("issue", "parent", ["parent", "record"]),
        ]
