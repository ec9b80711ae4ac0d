"""A desk and its publication, of which an oracle is told every edition that is made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.consistency.oracle import Edition, Fields, Label, Oracle
from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.factories.stances import CITED
from tests.publishing.acts import changeset
from tracker.models import Record
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

MAKE = {
    "source": SourceFactory,
    "actor": ActorFactory,
    "issue": IssueFactory,
    "stance": StanceFactory,
    "alignment": AlignmentFactory,
    "meeting": MeetingFactory,
}


class Desk:
    """Records at the desk by label, what their fields are there, and what was published of them.

    Whatever the desk or the publication refuses leaves all as it was.
    """

    def __init__(self) -> None:
        self.rows: dict[Label, Record] = {}
        self.fields: dict[Label, Fields] = {}
        self.oracle = Oracle()

    @contextmanager
    def for_a_while(self) -> Iterator[None]:
        """Forget afterwards what is done in between, within the one transaction of an ordinary test."""
        rows, fields, before = dict(self.rows), dict(self.fields), transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(before)
            self.rows, self.fields, self.oracle = rows, fields, Oracle()

    def do(self, acts: Iterable[tuple[Any, ...]]) -> None:
        """Do one act after another, each the name of a method and its arguments."""
        for verb, *arguments in acts:
            getattr(self, verb)(*arguments)

    def create(self, noun: str, /, **fields: Any) -> Label:
        """Make a record at the desk; of whom it names, give labels."""
        label = Label(noun, sum(other.noun == noun for other in self.rows))
        given = {name: self._row(value) for name, value in fields.items()}
        with changeset():
            row = MAKE[noun](**given)
        self.rows[label], self.fields[label] = row, {"id": row.pk, **fields}
        return label

    def edit(self, record: Label, fields: Fields) -> None:
        """Change fields of a record at the desk; an issue is not moved below itself."""
        at_desk = Edition(0, self.oracle.latest.published_at, self.fields)
        if at_desk.is_under(fields.get("parent"), record):
            return
        given = {name: self._row(value) for name, value in fields.items()}
        with changeset():
            type(self.rows[record])._default_manager.filter(pk=self.rows[record].pk).update(**given)
        self.fields[record] = {**self.fields[record], **fields}

    def publish(self, records: Iterable[Label], note: str = "") -> bool:
        """Publish records with all that they name and that is not public yet; tell whether that made an edition."""
        chosen = self._with_unpublished(set(records))
        public = {**self.oracle.latest.records, **{record: self.fields[record] for record in chosen}}
        try:
            with changeset():
                edition = publish(records=self._chosen(chosen), note=note)
        except RefusedError:
            return False
        after = self._as_edition(edition, public)
        assert (edition is None) == all(after.shown(record) == self.oracle.latest.shown(record) for record in public)
        if edition is not None:
            self.oracle.editions.append(after)
        return edition is not None

    def revise(self, record: Label, fields: Fields) -> bool:
        self.edit(record, fields)
        return self.publish([record])

    def retract(self, record: Label) -> bool:
        """Retract a record, if it is public and no public one names it; tell whether that made an edition."""
        try:
            with changeset():
                edition = retract(records=self._chosen([record]))
        except RefusedError:
            return False
        left = {label: fields for label, fields in self.oracle.latest.records.items() if label != record}
        self.oracle.editions.append(self._as_edition(edition, left))
        return True

    def _as_edition(self, edition: Any, records: dict[Label, Fields]) -> Edition:
        before = self.oracle.latest
        if edition is None:
            return Edition(before.number + 1, before.published_at, records)
        assert edition.number == before.number + 1
        assert edition.published_at > before.published_at
        return Edition(edition.number, edition.published_at, records)

    def _with_unpublished(self, records: set[Label]) -> set[Label]:
        named = {name for record in records for name in self._named(record)} - set(self.oracle.latest.records)
        return records if named <= records else self._with_unpublished(records | named)

    def _named(self, record: Label) -> Iterator[Label]:
        for value in self.fields[record].values():
            yield from [value] if isinstance(value, Label) else value if isinstance(value, list) else []

    def _chosen(self, records: Iterable[Label]) -> list[Chosen]:
        return [Chosen(Noun(record.noun), self.rows[record].pk) for record in sorted(records)]

    def _row(self, value: Any) -> Any:
        if isinstance(value, Label):
            return self.rows[value]
        if isinstance(value, list):
            return [{label.noun: self.rows[label], **(CITED[0] if label.noun == "source" else {})} for label in value]
        return value
