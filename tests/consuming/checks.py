"""What must be so of what readers get:
pure functions, which yield a sentence for everything that isn't.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

Change = dict[str, Any]
ENDS = ("retracted", "merged")


def of_walk(pages: Sequence[dict[str, Any]], whole: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Hold the pages of a walk against the same list as one file,
    as of the edition of the first page.
    """
    editions = {page["edition"] for page in pages}
    if len(editions) > 1:
        yield f"its pages are of editions {sorted(editions)}"
    records = [record for page in pages for record in page["results"]]
    if len({record["id"] for record in records}) < len(records):
        yield "a record comes twice"
    if records != list(whole):
        yield f"its {len(records)} records are not the {len(whole)} of the same list as one file"
    counts = {page["count"] for page in pages if "count" in page}
    if counts - {len(records)}:
        yield f"it counts {sorted(counts)} records and has {len(records)}"


def survivor(change: Change, changes: Sequence[Change]) -> tuple[str, int]:
    """Return the plural and number of what a record became that was merged,
    perhaps into one that was merged itself.
    """
    by_address = {entry["url"]: (entry["resource"], entry["id"]) for entry in changes}
    last = {(entry["resource"], entry["id"]): entry for entry in changes}
    while change["operation"] == "merged":
        change = last[by_address[change["into"]]]
    return change["resource"], change["id"]


def of_feed(changes: Iterable[Change], after: int = 0) -> Iterator[str]:
    """Read a feed from its beginning:
    every edition comes, in order, and nothing comes twice or too late.
    """
    seen: set[tuple[int, str, int]] = set()
    latest = after
    for change in changes:
        edition = change["edition"]
        if edition not in (latest, latest + 1):
            yield f"edition {edition} comes after {latest}"
        latest = edition
        name = (edition, change["resource"], change["id"])
        if name in seen:
            yield f"{change['resource']} {change['id']} comes twice in edition {edition}"
        seen.add(name)


def live_counts(changes: Iterable[Change]) -> Counter[str]:
    """Return how many records of each resource are live after all these changes."""
    last = {(change["resource"], change["id"]): change["operation"] for change in changes}
    return Counter(resource for (resource, _), operation in last.items() if operation not in ENDS)


def of_lines(lines: Sequence[bytes], edition: int) -> Iterator[str]:
    """Look at NDJSON: each record once,
    none opened by a later edition than the one that answered.
    """
    records = [json.loads(line) for line in lines]
    if len({record["id"] for record in records}) < len(records):
        yield "a record comes twice"
    if late := [record["id"] for record in records if record["edition"] > edition]:
        yield f"it is of edition {edition}, but {late[:5]} were opened later"


def of_csv(table: bytes, lines: Sequence[bytes]) -> Iterator[str]:
    """Hold a table against NDJSON of the same list and edition:
    the same versions of the same records, in order.
    """
    rows = [
        (row["id"], row["edition"]) for row in csv.DictReader(StringIO(table.decode(), newline=""))
    ]
    expected = [(str(record["id"]), str(record["edition"])) for record in map(json.loads, lines)]
    if rows != expected:
        yield f"its {len(rows)} rows are not the {len(expected)} records of the same list as NDJSON"


def digest(resources: Iterable[Sequence[bytes]]) -> str:
    """Return the digest of an edition, as its documentation says:
    of the digests of all records, in order.
    """
    whole = sha256()
    for lines in resources:
        by_number = {json.loads(line)["id"]: line for line in lines}
        for number in sorted(by_number):
            whole.update(sha256(by_number[number]).digest())
    return whole.hexdigest()
