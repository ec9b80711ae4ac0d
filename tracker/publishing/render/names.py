"""What a document calls the records that it refers to: always taken from documents of the same edition."""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.schema.parts import Reference, SourceReference, address
from tracker.values.nouns import Noun

Known = Mapping[tuple[Noun, int], Reference | SourceReference]


def reference_of(noun: Noun, key: str | int, name: str) -> Reference | SourceReference:
    """Return how documents refer to a record: by its address, key and name."""
    if noun is Noun.SOURCE:
        return SourceReference(address(noun, key), int(key), name)
    return Reference(address(noun, key), str(key), name)


class Names:
    """The references one document may use; it notes which were used, and which are missing.

    `keys` are those by which it goes on naming records that it names by their keys alone.
    """

    def __init__(self, known: Known, keys: Mapping[tuple[Noun, int], str] = MappingProxyType({})) -> None:
        self._known, self._keys = known, keys
        self.mentioned: set[tuple[Noun, int]] = set()
        self.missing: list[tuple[Noun, int]] = []

    def reference(self, noun: Noun, record: int) -> Reference | SourceReference:
        self.mentioned.add((noun, record))
        if reference := self._known.get((noun, record)):
            return reference
        self.missing.append((noun, record))
        return reference_of(noun, 0, "")

    def key(self, noun: Noun, record: int) -> str | int:
        """Return the key of a record that is named by it alone."""
        reference = self.reference(noun, record)
        if key := self._keys.get((noun, record)):
            return key
        return reference.id if isinstance(reference, SourceReference) else reference.slug
