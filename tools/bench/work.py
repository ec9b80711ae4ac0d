"""What is asked of the contestants.

floor  nothing: what the server takes by itself
R1  a page of 50 stances by issue (with all below it) and actor kind, with nested names and
    citations; with a count too
R2  one stance
R3  the 20 stances that fit a search best
R4  the page ten thousand rows deep, by the cursor of `next`
R5  the page as of an earlier edition: an early one, one in the middle (with a count too), the last
    but one
R7  the page, unchanged, asked for with `If-None-Match`
H1  the page of an issue for readers, on a day that nobody has asked for, so that it is made; again:
    as it was kept
H2  the matrix with two actors more, likewise
H3  H1 frozen, asked for with `If-None-Match`; against R7
H4  the picture of an issue, made as H1 is
V1  how much two actors agree, by year; V2 twenty, each with each other; V4 a page of 50 votes
W1  a stance made, with two citations and its history (`writing`)
R6  whole lists (`exports`)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
import psycopg

from tools.bench.load import Address
from tools.bench.serving import FLOOR, LIMIT, OURS, Contestant, Server, got

NAMES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "H1", "H2", "H3", "H4", "W1")
NAMES_OF_FIRST = ("R1", "R7", "H1", "H2", "H3", "H4", "V1", "V2", "V4")
PAGE, STRIDE, DEPTH = 50, 500, 10_000
LIST = {OURS: "/api/v1/stances/", LIMIT: "/stances/"}
KINDS = ("state", "organization,bloc")
SEARCHED = ("pipelines", "railways ferghana", "sanctions kara")
LEVELS = """
    WITH RECURSIVE tree (id, slug, level) AS (
        SELECT id, slug, 1 FROM tracker_issue WHERE parent_id IS NULL
        UNION ALL SELECT i.id, i.slug, level + 1 FROM tracker_issue i JOIN tree t
            ON i.parent_id = t.id
    ) SELECT slug, level FROM tree ORDER BY level, id
"""
# Up to yesterday: so many that no round asks for what another has asked for.
DAYS = 4_000
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Work:
    """Something to ask for, the same of each of these contestants.

    `own` is the work of ours to hold it against. What `is_made` is to be made anew each time.
    """

    name: str
    addresses: dict[Contestant, list[Address]]
    own: str | None = None
    is_made: bool = False


FROM_NOTHING = Work("floor", {FLOOR: [Address("/")]})


def works(connection: Connection, servers: Sequence[Server]) -> list[Work]:
    """Return all reading of a generated desk; the contestants are asked for cursors and tags."""
    ports = {server.contestant: server.port for server in servers}
    levels: dict[int, list[str]] = {}
    for slug, level in connection.execute(LEVELS).fetchall():
        levels.setdefault(level, []).append(slug)
    slugs = [slug for level in levels.values() for slug in level[:4]]
    upper = levels[1] + levels[2]
    pages = [(slug, KINDS[slug in upper]) for slug in slugs]
    last = _number(connection, "SELECT max(number) FROM tracker_edition")
    total = _number(connection, "SELECT max(id) FROM tracker_stance")
    depth = min(DEPTH, total // 10 // STRIDE * STRIDE)
    records = [1 + place * (total - 1) // 40 for place in range(40)]

    def asked(contestant: Contestant, **more: str) -> list[Address]:
        return [Address(_page(contestant, *page, **more)) for page in pages]

    both = (OURS, LIMIT)
    searches = [f"{LIST[OURS]}?{urlencode({'q': q, 'page_size': 20})}" for q in SEARCHED]
    found = [
        FROM_NOTHING,
        Work("R1", {contestant: asked(contestant) for contestant in both}),
        Work("R1 counted", {OURS: asked(OURS, count="true")}),
        Work("R2", {each: [Address(f"{LIST[each]}{number}/") for number in records]
                    for each in both}),
        Work("R3", {OURS: [Address(search) for search in searches]}, own="R1"),
        Work("R4", {each: [Address(_deep(each, ports[each], (slug, "state"), depth))
                           for slug in levels[1]] for each in both}),
    ]  # fmt: skip
    for when, edition in (("early", 2), ("middle", last // 2), ("late", last - 1)):
        found.append(Work(f"R5 {when}", {OURS: asked(OURS, edition=str(edition))}, own="R1"))
    counted = asked(OURS, count="true", edition=str(last // 2))
    found.append(Work("R5 counted", {OURS: counted}, own="R1 counted"))
    found.append(Work("R7", {OURS: _tagged(ports[OURS], asked(OURS))}, own="R1"))
    return found + _for_readers(slugs, ["/?actor=actor-2,actor-3"], ports[OURS], last)


def works_of_first(connection: Connection, port: int) -> list[Work]:
    """Return the work on the first dataset: full pages of the API, all issues, and votes."""
    slugs = [slug for (slug,) in connection.execute("SELECT slug FROM tracker_issue ORDER BY id")]
    query = "SELECT slug FROM tracker_actor WHERE slug NOT IN ('china', 'russia') LIMIT 20"
    actors = [slug for (slug,) in connection.execute(query)]
    last = _number(connection, "SELECT max(number) FROM tracker_edition")
    pages = [Address(f"{LIST[OURS]}?standing=any")]
    votes = {
        "V1": f"/api/v1/agreement/?actors=china,russia&by=year&edition={last}",
        "V2": f"/api/v1/agreement/?actors={','.join(actors)}&edition={last}",
        "V4": f"/api/v1/votes/?edition={last}",
    }
    matrices = [f"/?actor={','.join(pair)}" for pair in zip(actors[::2], actors[1::2], strict=True)]
    return [
        FROM_NOTHING,
        Work("R1", {OURS: pages}),
        Work("R7", {OURS: _tagged(port, pages)}, own="R1"),
        *_for_readers(slugs, matrices, port, last),
        *(Work(name, {OURS: [Address(path)]}, own="R1") for name, path in votes.items()),
    ]


def _for_readers(
    slugs: Sequence[str], matrices: Sequence[str], port: int, edition: int
) -> list[Work]:
    """Return the work that is about pages for readers: of these issues, and these matrices."""
    issues = [f"/issues/{slug}/" for slug in slugs]
    frozen = [Address(f"{issue}?on=2019-06-05&edition={edition}") for issue in issues]
    today = datetime.now(UTC).date()
    days = [f"on={today - timedelta(number)}" for number in range(1, DAYS + 1)]
    made = {
        "H1": [f"{issue}?{day}" for day in days[:1000] for issue in issues],
        "H2": [f"{matrix}&{day}" for day in days for matrix in matrices],
        "H4": [f"{issue[:-1]}.svg?{day}" for day in days[:1000] for issue in issues],
    }
    kept = {"H1 again": issues, "H2 again": matrices}
    found = []
    for name, paths in (made | kept).items():
        addresses = [Address(path) for path in paths]
        found.append(Work(name, {OURS: addresses}, own="R1", is_made=name in made))
    found.append(Work("H3", {OURS: _tagged(port, frozen)}, own="R7"))
    return found


def _page(contestant: Contestant, slug: str, kinds: str, **more: str) -> str:
    return f"{LIST[contestant]}?{urlencode({'under': slug, 'actor_kind': kinds, **more}, safe=',')}"


def _deep(contestant: Contestant, port: int, page: tuple[str, str], depth: int) -> str:
    """Return the address of the page that begins `depth` rows deep, reached as a client does."""
    address = _page(contestant, *page, page_size=str(STRIDE))
    for _ in range(depth // STRIDE):
        following = msgspec.json.decode(got(port, address)[2])["next"]
        address = urlsplit(following)._replace(scheme="", netloc="").geturl()
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | {"page_size": str(PAGE)}
    return f"{parts.path}?{urlencode(query, safe=',:')}"


def _tagged(port: int, pages: Sequence[Address]) -> list[Address]:
    """Return the pages with their tags; raise RuntimeError if one isn't answered 304 then."""
    tagged = []
    for page in pages:
        tag = got(port, page.path)[1].get("etag", "")
        if got(port, page.path, {"If-None-Match": tag})[0] != 304:
            raise RuntimeError(f"{page.path} has no tag that holds")
        tagged.append(Address(page.path, tag))
    return tagged


def _number(connection: Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
