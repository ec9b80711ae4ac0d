"""An edition in the making: what it would do is staged, and what keeps it from being made is found, before it is.

Four eyes apart, which are asked of whoever publishes (`tracker.services.four_eyes`).
"""

from collections import defaultdict
from collections.abc import Iterator

from tracker.models import Edition
from tracker.publication.publish.batch import Batch, Chosen, by_noun, in_chunks
from tracker.publication.publish.live import live, naming
from tracker.publication.publish.new_documents import stage_published
from tracker.publication.publish.renames import renaming, stage_renamed
from tracker.publication.publish.rules import broken_rules, merged
from tracker.publication.publish.stage import Stage, StagedChange
from tracker.publication.publish.unmerging import stage_unmerged
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import Operation

NOT_PUBLIC = "it is not public, so there is nothing to retract"
NAMED = "it is named by {others}; retract or change these first"


class Draft:
    """The edition that publishes a batch, whose rows and the publication are locked: its problems, then its writing."""

    def __init__(self, batch: Batch) -> None:
        """Stage what is published, and what other records then name otherwise, but for new names."""
        self._batch, self._stage, self._renamed = batch, Stage(), renaming(batch)
        self.problems = [*merged(batch), *stage_published(self._stage, batch, self._renamed)]
        stage_unmerged(self._stage, batch, self._renamed)
        self.problems += broken_rules(self._stage)

    def published(self) -> Batch:
        """Return the records of the batch that come out otherwise than they are."""
        return by_noun(
            Chosen(noun, record, self._batch[noun][record])
            for noun, record in self._stage.records()
            if record in self._batch.get(noun, ())
        )

    def write(self, note: str, published_by: int | None) -> Edition | None:
        """Make the edition; None if it would change nothing that readers see."""
        stage_renamed(self._stage, self._batch, self._renamed)
        return self._stage.write(note=note, published_by=published_by)


class Retraction:
    """The edition that retracts a batch, which is locked as for publishing."""

    def __init__(self, batch: Batch) -> None:
        self._stage = Stage()
        self.problems = [*_stage_retracted(self._stage, batch), *_named_by_others(batch)]

    def write(self, note: str, published_by: int | None) -> Edition:
        """Make the edition; raises ValueError if nothing is retracted."""
        if edition := self._stage.write(note=note, published_by=published_by):
            return edition
        raise ValueError("there is nothing to retract")


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
                StagedChange(noun, document.record, document.key(), Operation.RETRACTED, {}, document.id)
                for document in closes
            ],
        )


def _named_by_others(batch: Batch) -> Iterator[Problem]:
    retracted = [(noun, record) for noun, versions in batch.items() for record in versions]
    others: dict[tuple[Noun, int], list[tuple[Noun, int]]] = defaultdict(list)
    for noun in Noun:
        for record, named in naming(noun, retracted):
            if record not in batch.get(noun, ()):
                for name in named:
                    others[name].append((noun, record))
    for key, by in others.items():
        yield Problem("refused", NAMED, record=key, others=tuple(by))
