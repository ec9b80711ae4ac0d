"""Merging: what a row says that is merged into another, and what holds of it from then on.

Issues, actors, sources and meetings can be merged; claims are contested or retracted instead. A record that is merged
into another names it (`merged_into`), is named by no record that isn't merged too, and stays as it was until the merge
is undone. Whoever names a record looks at it under a lock, as does whoever merges it, so neither overlooks the other.
"""

from django.db import models

from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun

MERGEABLE = (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE, Noun.MEETING)
# by table, the columns that name records that can be merged; not among them is the record that a part belongs to
NAMES: dict[str, dict[str, Noun]] = {
    "issue": {"parent_id": Noun.ISSUE},
    "coreinterest": {"actor_id": Noun.ACTOR},
    "membership": {"organization_id": Noun.ACTOR, "source_id": Noun.SOURCE},
    "predecessor": {"predecessor_id": Noun.ACTOR},
    "frame": {"source_id": Noun.SOURCE},
    "stance": {"actor_id": Noun.ACTOR, "issue_id": Noun.ISSUE, "defers_to_id": Noun.ACTOR},
    "stancecitation": {"source_id": Noun.SOURCE},
    "alignment": {"issue_id": Noun.ISSUE, "actor_id": Noun.ACTOR, "counterpart_id": Noun.ACTOR},
    "alignmentcitation": {"source_id": Noun.SOURCE},
    "meetingcitation": {"source_id": Noun.SOURCE},
    "participant": {"actor_id": Noun.ACTOR, "represented_by_id": Noun.ACTOR},
    "discussion": {"issue_id": Noun.ISSUE},
    "vote": {"body_id": Noun.ACTOR, "issue_id": Noun.ISSUE},
    "ballot": {"actor_id": Noun.ACTOR},
    "votecitation": {"source_id": Noun.SOURCE},
}
# by part, its owner's column and table: what belongs to a merged record may go on naming another that is merged
OWNERS: dict[str, tuple[str, Noun]] = {
    "coreinterest": ("issue_id", Noun.ISSUE),
    "membership": ("actor_id", Noun.ACTOR),
    "predecessor": ("actor_id", Noun.ACTOR),
    "frame": ("actor_id", Noun.ACTOR),
    "meetingcitation": ("meeting_id", Noun.MEETING),
    "participant": ("meeting_id", Noun.MEETING),
    "discussion": ("meeting_id", Noun.MEETING),
}
UNMERGED = models.Q(merged_into__isnull=True)


def survivor() -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """Return the field that names the record into which this one was merged."""
    return models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The record into which this one was merged, if it was.",
    )


def merges(noun: Noun) -> tuple[Trigger, ...]:
    """Return the triggers of a noun whose records can be merged."""
    named_by = [
        name
        for table, columns in NAMES.items()
        for column, named in columns.items()
        if named is noun
        for name in (table, column, *OWNERS.get(table, ("", "")))
    ]
    return (
        Trigger(
            "merges_into_what_stands",
            "BEFORE INSERT OR UPDATE OF merged_into_id",
            "merge_into_what_stands",
            (noun, *named_by),
            condition="NEW.merged_into_id IS NOT NULL",
        ),
        Trigger(
            "stays_merged",
            "BEFORE UPDATE",
            "stay_merged",
            (noun,),
            condition="OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL",
        ),
    )


def names_no_merged(table: str) -> tuple[Trigger, ...]:
    """Return the triggers by which a row names no record that is merged into another."""
    names = NAMES[table]
    arguments = (table, *(name for column_and_noun in names.items() for name in column_and_noun))
    return (
        Trigger(
            "names_what_stands", "AFTER INSERT", "name_what_stands", arguments, each="STATEMENT", rows=("new_rows",)
        ),
        Trigger("names_what_stands_now", f"BEFORE UPDATE OF {', '.join(names)}", "name_what_stands", arguments),
    )
