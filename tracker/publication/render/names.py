"""What a document calls the records that it refers to: always taken from documents of the same edition."""

from collections.abc import Mapping

from tracker.schema.parts import Reference, SourceReference, address
from tracker.values.nouns import Noun

Known = Mapping[tuple[Noun, int], Reference | SourceReference]


def reference_of(noun: Noun, key: str | int, name: str) -> Reference | SourceReference:
    """Return how documents refer to a record: by its address, key and name."""
    if noun is Noun.SOURCE:
        return SourceReference(address(noun, key), int(key), name)
    return Reference(address(noun, key), str(key), name)


class Names:
    """The references one document may use; it notes which were used, and which are missing."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.mentioned: set[tuple[Noun, int]] = set()
        self.missing: list[tuple[Noun, int]] = []

    def issue(self, record: int) -> Reference:
        """Return the reference to an issue."""
        return self._reference(Noun.ISSUE, record)  # type: ignore[return-value]

    def actor(self, record: int) -> Reference:
        """Return the reference to an actor."""
        return self._reference(Noun.ACTOR, record)  # type: ignore[return-value]

    def actor_or_none(self, record: int | None) -> Reference | None:
        """Return the reference to an actor, or None."""
        return None if record is None else self.actor(record)

    def source(self, record: int) -> SourceReference:
        """Return the reference to a source."""
        return self._reference(Noun.SOURCE, record)  # type: ignore[return-value]

    def _reference(self, noun: Noun, record: int) -> Reference | SourceReference:
        self.mentioned.add((noun, record))
        if known := self._known.get((noun, record)):
            return known
        self.missing.append((noun, record))
        return reference_of(noun, 0, "")
