"""The digest of an edition, kept up to date record by record."""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

SIZE = hashlib.sha256().digest_size


class Digests:
    """The SHA-256 of every record that is held, in the order in which the digest of an edition takes them."""

    def __init__(self, held: Iterable[tuple[str, int, bytes]] = ()) -> None:
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._digests: dict[str, bytearray] = defaultdict(bytearray)
        for resource, number, digest in held:
            self.put(resource, number, digest)

    def put(self, resource: str, number: int, digest: bytes) -> None:
        """Take in a record, new or changed."""
        ids, digests = self._ids[resource], self._digests[resource]
        place = bisect_left(ids, number)
        is_here = ids[place : place + 1] == [number]
        if not is_here:
            ids.insert(place, number)
        digests[place * SIZE : (place + is_here) * SIZE] = digest

    def take_out(self, resource: str, number: int) -> None:
        """Forget a record."""
        ids, digests = self._ids[resource], self._digests[resource]
        place = bisect_left(ids, number)
        if ids[place : place + 1] == [number]:
            del ids[place]
            del digests[place * SIZE : (place + 1) * SIZE]

    def whole(self, resources: Iterable[str]) -> str:
        """Return the digest of all of these, in hexadecimal."""
        whole = hashlib.sha256()
        for resource in resources:
            whole.update(self._digests[resource])
        return whole.hexdigest()

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))
