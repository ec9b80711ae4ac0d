"""A new edition: what it does is staged, what keeps it from being made is found,
and then it is written.

Four eyes are asked of whoever publishes (`tracker.publishing.four_eyes`).
What an edition must be when it commits, the database checks again (`models/sql/editions.sql`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.db import IntegrityError, transaction
from psycopg.sql import SQL, Literal

from tracker.models import Edition
from tracker.models.queries import rows_of, run
from tracker.publishing.batch import Batch, Chosen, by_noun, in_chunks
from tracker.publishing.live import live, naming
from tracker.publishing.merges import merges_ending, stage_unmerged
from tracker.publishing.new_documents import stage_published
from tracker.publishing.renames import renaming, stage_renamed
from tracker.publishing.rules import broken_rules, merged
from tracker.publishing.stage import NO_REASONS, Reasons, Stage, StagedChange, compose_staged
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, RefusedError
from tracker.values.texts import BLANK_NOTE, is_blank, stripped
from tracker.values.vocabularies import Operation

NOT_PUBLIC = "it is not public, so there is nothing to withdraw"
NAMED = "it is named by {others}; withdraw or change these first"
INSERT_EDITION = """
    INSERT INTO tracker_edition (number, note, published_by_id)
    SELECT coalesce(max(number), 0) + 1, %s, %s FROM tracker_edition RETURNING number
"""
CLOSE_DOCUMENTS = """
    UPDATE {documents} SET closed = %s
    WHERE id = ANY (ARRAY(SELECT previous FROM staged_change WHERE noun = {noun}
        AND previous IS NOT NULL))
"""
INSERT_DOCUMENTS = """
    INSERT INTO {documents} (id, record, version, opened, shape, body, search, {own})
    SELECT id, record, version, %s, shape, body, search, {own} FROM {staged}
"""
INSERT_MENTIONS = """
    INSERT INTO tracker_mention (named_noun, named, noun, document)
    SELECT split_part(name, ' ', 1), split_part(name, ' ', 2)::int, {noun}, id
    FROM {staged} CROSS JOIN unnest(string_to_array(mentions, ',')) AS name
"""
INSERT_CHANGES = SQL("""
    INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed, "into",
        reason)
    SELECT %s, row_number() OVER (ORDER BY operation = {}, array_position({}, noun), record),
           noun, record, key, operation, changed, "into", reason FROM staged_change
""").format(Literal(Operation.RENAMED.value), Literal([noun.value for noun in Noun]))


class NewEdition:
    """The edition that publishes a batch, whose rows and the publication are locked:
    its problems, then its making.
    """

    def __init__(self, batch: Batch, reasons: Reasons = NO_REASONS) -> None:
        """Stage the batch, and what then names again a record that was merged;
        find problems other than rules.
        """
        self._batch, self._stage, self._renamed = batch, Stage(reasons), renaming(batch)
        ending = merges_ending(batch)
        self.problems = [*blank_reasons(reasons), *merged(batch)]
        self.problems += stage_published(self._stage, batch, self._renamed, ending)
        stage_unmerged(self._stage, batch, self._renamed, ending)

    def broken_rules(self) -> list[Problem]:
        """Return which rules of the publication it would break."""
        return broken_rules(self._stage)

    @property
    def changes_something(self) -> bool:
        return self._stage.rows > 0

    def published(self) -> Batch:
        """Return the records of the batch that come out otherwise than they are."""
        return by_noun(
            Chosen(noun, record, self._batch[noun][record])
            for noun, record in self._stage.records()
            if record in self._batch.get(noun, ())
        )

    def make(self, note: str, published_by: int | None) -> Edition | None:
        """Make the edition; None if it would change nothing that readers see.

        The database asks the rules as it proves the edition.
        Only if it refuses are they asked here, of all records at once: raises RefusedError.
        """
        stage_renamed(self._stage, self._batch, self._renamed)
        try:
            with transaction.atomic():
                return make_edition(self._stage, note=note, published_by=published_by)
        except IntegrityError:
            if problems := self.broken_rules():
                raise RefusedError(problems) from None
            raise


class RetractionEdition:
    """The edition that retracts a batch, which is locked as for publishing."""

    def __init__(self, batch: Batch, reasons: Reasons) -> None:
        self._stage = Stage(reasons)
        self.problems = [
            *blank_reasons(reasons),
            *_stage_retracted(self._stage, batch),
            *named_by_others(batch),
        ]

    def make(self, note: str, published_by: int | None) -> Edition:
        """Make the edition; raises ValueError if nothing is retracted."""
        if edition := make_edition(self._stage, note=note, published_by=published_by):
            return edition
        raise ValueError("there is nothing to retract")


def blank_note(note: str, field: str = "note") -> Iterator[Problem]:
    """Yield that a note for readers has nothing in it that they would see; an empty one is none."""
    if note and is_blank(note):
        yield Problem("refused", BLANK_NOTE, (field,))


def blank_reasons(reasons: Reasons) -> Iterator[Problem]:
    """Yield of which records a reason for readers has nothing in it that they would see."""
    for key, reason in reasons.items():
        for problem in blank_note(reason, "reason"):
            yield replace(problem, record=key)


def make_edition(stage: Stage, *, note: str, published_by: int | None) -> Edition | None:
    """Write the edition that was staged, whose own checks run before this returns;
    None if nothing was.

    The row of the edition, its documents and whom they name (`tracker_mention`), and its changes
    (`tracker_change`), which are the feed. Then a trigger, `prove_edition`, checks it, notes what
    it is about, dates and links it.
    """
    if not stage.rows:
        stage.clear()
        return None
    stage.analyze()
    [[number]] = rows_of(INSERT_EDITION, [stripped(note), published_by])
    nouns = sorted(stage.nouns)
    for noun in nouns:
        run(compose_staged(noun, CLOSE_DOCUMENTS), [number])
    for noun in nouns:
        run(compose_staged(noun, INSERT_DOCUMENTS), [number])
        run(compose_staged(noun, INSERT_MENTIONS))
    run(INSERT_CHANGES, [number])
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    stage.clear()
    return Edition.objects.get(pk=number)


def _stage_retracted(stage: Stage, batch: Batch) -> Iterator[Problem]:
    for noun, ids in in_chunks(batch):
        documents = live(noun, ids)
        for record in ids:
            if record not in documents:
                yield Problem("refused", NOT_PUBLIC, record=(noun, record))
        closes = documents.values()
        stage.add(
            noun,
            [
                StagedChange(
                    noun, document.record, document.key(), Operation.RETRACTED, {}, document.id
                )
                for document in closes
            ],
        )


def named_by_others(batch: Batch) -> Iterator[Problem]:
    """Yield which records can't be retracted, as records that stay public name them."""
    retracted = [(noun, record) for noun, versions in batch.items() for record in versions]
    others: dict[tuple[Noun, int], list[tuple[Noun, int]]] = defaultdict(list)
    for noun in Noun:
        for record, named in naming(noun, retracted):
            if record not in batch.get(noun, ()):
                for name in named:
                    others[name].append((noun, record))
    for key, by in others.items():
        yield Problem("refused", NAMED, record=key, others=tuple(by))
