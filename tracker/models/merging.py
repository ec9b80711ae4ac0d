"""Merging: what a row says that is merged into another, and what holds of it from then on.

Issues, actors, sources and meetings can be merged; claims are contested or retracted instead. A record that is merged
into another names it (`merged_into`), is named by nothing that stands, and stays as it was until the merge is undone.
Whoever names a record looks at it under a lock, as does whoever merges it, so neither overlooks the other.
"""

import pgtrigger
from django.db import models

from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun

MERGEABLE = (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE, Noun.MEETING)
# by table, the columns that name records that can be merged; not among them is the record that a part belongs to
NAMES: dict[str, dict[str, Noun]] = {
    "issue": {"parent_id": Noun.ISSUE},
    "coreinterest": {"actor_id": Noun.ACTOR},
    "membership": {"organization_id": Noun.ACTOR, "source_id": Noun.SOURCE},
    "stance": {"actor_id": Noun.ACTOR, "issue_id": Noun.ISSUE, "defers_to_id": Noun.ACTOR},
    "stancecitation": {"source_id": Noun.SOURCE},
    "alignment": {"issue_id": Noun.ISSUE, "actor_id": Noun.ACTOR, "counterpart_id": Noun.ACTOR},
    "alignmentcitation": {"source_id": Noun.SOURCE},
    "meetingcitation": {"source_id": Noun.SOURCE},
    "participant": {"actor_id": Noun.ACTOR, "represented_by_id": Noun.ACTOR},
    "discussion": {"issue_id": Noun.ISSUE},
}
# by part, its owner's column and table: what belongs to a merged record may go on naming another that is merged
OWNERS: dict[str, tuple[str, Noun]] = {
    "coreinterest": ("issue_id", Noun.ISSUE),
    "membership": ("actor_id", Noun.ACTOR),
    "meetingcitation": ("meeting_id", Noun.MEETING),
    "participant": ("meeting_id", Noun.MEETING),
    "discussion": ("meeting_id", Noun.MEETING),
}
STANDS = models.Q(merged_into__isnull=True)


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


def merges(noun: Noun) -> list[Trigger]:
    """Return the triggers of a noun whose records can be merged."""
    return [
        Trigger(
            name="merges_into_what_stands",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),
            condition=pgtrigger.Condition("NEW.merged_into_id IS NOT NULL"),
            func=f"""
                PERFORM public.refuse_old_snapshot();
                IF NEW.merged_into_id = NEW.id OR (
                    SELECT merged_into_id FROM public.tracker_{noun} WHERE id = NEW.merged_into_id FOR KEY SHARE
                ) IS NOT NULL THEN
                    RAISE EXCEPTION 'merged_into: {noun} % was merged itself; name the one that stands',
                        NEW.merged_into_id
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{noun}_merges_into_what_stands';
                END IF;
                PERFORM FROM public.tracker_{noun} WHERE id = NEW.id FOR UPDATE;
                {_unless_named(noun)}
                RETURN NEW;
            """,
        ),
        Trigger(
            name="stays_merged",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL"),
            func=f"""
                RAISE EXCEPTION '{noun} % was merged into %: change that one, or undo the merge first',
                    OLD.id, OLD.merged_into_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{noun}_stays_merged';
            """,
        ),
    ]


def names_what_stands(table: str) -> Trigger:
    """Return the trigger by which a row names no record that is merged into another."""
    return Trigger(
        name="names_what_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*NAMES[table]),
        func="".join(_refusal(table, column, noun) for column, noun in NAMES[table].items()) + "RETURN NEW;",
    )


def _refusal(table: str, column: str, noun: Noun) -> str:
    return f"""
        IF (SELECT merged_into_id FROM public.tracker_{noun} WHERE id = NEW.{column} FOR KEY SHARE) IS NOT NULL THEN
            RAISE EXCEPTION '{column.removesuffix("_id")}: {noun} % was merged into another; name that one',
                NEW.{column}
                USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_names_what_stands';
        END IF;
    """


def _unless_named(noun: Noun) -> str:
    return "".join(
        f"""
        IF EXISTS (SELECT FROM public.tracker_{table} t WHERE t.{column} = NEW.id {_by_what_stands(table, noun)}) THEN
            RAISE EXCEPTION '{noun} % is still named by a {table}; let it name the survivor first', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{noun}_is_named_no_more';
        END IF;
        """
        for table, columns in NAMES.items()
        for column, named in columns.items()
        if named is noun
    )


def _by_what_stands(table: str, noun: Noun) -> str:
    if table == Noun.ISSUE:
        return "AND t.merged_into_id IS NULL"
    if table not in OWNERS:
        return ""
    column, owner = OWNERS[table]
    but = "AND o.id <> NEW.id" if owner is noun else ""
    return (
        f"AND EXISTS (SELECT FROM public.tracker_{owner} o WHERE o.id = t.{column} AND o.merged_into_id IS NULL {but})"
    )
