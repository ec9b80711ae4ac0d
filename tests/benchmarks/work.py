"""What is asked of the contestants.

floor  nothing: what the server takes by itself
R1  a page of 50 stances by issue (with all below it) and actor kind, with nested names and
    citations; with a count too
R2  one stance
R3  the 20 stances that fit a search best: of rare words, and of the commonest
R4  the same page ten thousand rows deep: by the cursor of `next`; the plain contestant by the
    page's number
R5  the page as of an earlier edition: an early one, one in the middle (with a count too), the last
    but one
R7  the page, unchanged, asked for with `If-None-Match`
H1  the page of an issue for readers, on a day that nobody has asked for, so that it is made; again:
    as it was kept
H2  the matrix with two actors more, likewise
H3  H1 frozen, asked for with `If-None-Match`; against R7
H4  the picture of an issue, made as H1 is
W1  a stance made, with two citations and its history

R6 (whole lists, `exports`) and F1 (following, `following`) are measured otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
import psycopg

from tests.benchmarks.contestants import ALL, FLOOR, LIMIT, OURS, PLAIN, Contestant
from tests.benchmarks.load import Address
from tests.benchmarks.serving import Server, got

NAMES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "H1", "H2", "H3", "H4", "W1", "F1")
NAMES_OF_FIRST = ("R1", "R7", "H1", "H2", "H3", "H4")  # on the first dataset, of ours alone
PAGE, STRIDE, DEPTH = 50, 500, 10_000
HITS, RARE = 20, 10
# Words of five letters or more, for which near spellings are looked up too.
WORDS = """
    SELECT word, ndoc FROM ts_stat('SELECT words FROM bench_words')
    WHERE ndoc >= %s AND word ~ '^[a-z]{5,}$' ORDER BY ndoc DESC, word
"""
PAIRS = 8
# All matrices have China and Russia.
ADDED_ACTORS = (
    "SELECT slug FROM tracker_actor WHERE slug NOT IN ('china', 'russia') ORDER BY id LIMIT %s"
)
LIST = {OURS: "/api/v1/stances/", LIMIT: "/stances/", PLAIN: "/stances/"}
KINDS = ("state", "organization,bloc")
SINGLE = 40
# Up to yesterday: as many pages of each issue, and of a matrix,
# that no round asks for what another has asked for.
DAYS, DAYS_OF_A_MATRIX = 1_000, 4_000


@dataclass(frozen=True, slots=True)
class Work:
    """Something to ask for, the same of each of these contestants;
    `own` is the work of ours to hold it against.

    What `writes` makes something each time it is asked for.
    What `is_made` is to be made anew each time.
    """

    name: str
    says: str
    addresses: dict[Contestant, list[Address]]
    own: str | None = None
    writes: bool = False
    is_made: bool = False


FROM_NOTHING = Work(FLOOR.name, "a constant answer", {FLOOR: [Address("/")]})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pages and records are asked for: issues and kinds; those that are `depth` rows deep;
    numbers of stances.

    And which words: some that are as rare as fill a page of a search, and the one that most have;
    and two actors.
    """

    pages: list[tuple[str, str]]
    deep: list[tuple[str, str]]
    depth: int
    records: list[int]
    rare: list[str]
    commonest: list[str]
    actors: str


def asked(connection: "psycopg.Connection[tuple[object, ...]]") -> Asked:
    """Choose pages at every height of the tree, and the deep ones among those of its roots."""
    levels = connection.execute(
        """
        WITH RECURSIVE tree (id, slug, level) AS (
            SELECT id, slug, 1 FROM tracker_issue WHERE parent_id IS NULL
            UNION ALL SELECT i.id, i.slug, level + 1 FROM tracker_issue i JOIN tree t
                ON i.parent_id = t.id
        ) SELECT slug, level FROM tree ORDER BY level, id
        """
    ).fetchall()
    by_level = {level: [str(slug) for slug, at in levels if at == level] for level in (1, 2, 3, 4)}
    chosen = [*by_level[1][:4], *by_level[2][:4], *by_level[3][:4], *by_level[4][:4]]
    total = int(str(connection.execute("SELECT max(id) FROM tracker_stance").fetchone()[0]))
    words = connection.execute(WORDS, [HITS]).fetchall()
    return Asked(
        pages=[(slug, KINDS[place % 2]) for place, slug in enumerate(chosen)],
        deep=[(slug, "state") for slug in by_level[1]],
        depth=min(DEPTH, total // 10 // STRIDE * STRIDE),
        records=[1 + place * (total - 1) // SINGLE for place in range(SINGLE)],
        rare=[str(word) for word, _ in words[-RARE:]],
        commonest=[str(words[0][0])],
        actors=",".join(
            str(slug)
            for (slug,) in connection.execute("SELECT slug FROM tracker_actor ORDER BY id LIMIT 2")
        ),
    )


def works(what: Asked, servers: Sequence[Server], last_edition: int) -> list[Work]:
    """Return all work; the server of ours is asked for cursors and tags."""
    ports = {server.contestant: server.port for server in servers}
    pages = {
        contestant: [Address(_page(contestant, *page)) for page in what.pages] for contestant in ALL
    }
    counted = {
        contestant: [Address(_page(contestant, *page, count="true")) for page in what.pages]
        for contestant in ALL
    }
    records = {
        contestant: [Address(f"{LIST[contestant]}{number}/") for number in what.records]
        for contestant in ALL
    }
    deep = {
        contestant: [
            Address(_deep(contestant, ports[contestant], page, what.depth)) for page in what.deep
        ]
        for contestant in ALL
    }
    reads = [
        FROM_NOTHING,
        Work("R1", "a page", pages),
        Work("R1 counted", "a page with its count", counted),
        Work("R2", "one stance", records),
        Work("R3 rare", f"the best {HITS} of a rare word", _searches(what.rare)),
        Work("R3 common", f"the best {HITS} of the commonest word", _searches(what.commonest)),
        Work("R4", f"a page {what.depth} rows deep", deep),
    ]
    for when, edition in (("early", 2), ("middle", last_edition // 2), ("late", last_edition - 1)):
        then = [Address(_page(OURS, *page, edition=str(edition))) for page in what.pages]
        reads.append(Work(f"R5 {when}", f"a page as of edition {edition}", {OURS: then}, own="R1"))
    middle = [
        Address(_page(OURS, *page, count="true", edition=str(last_edition // 2)))
        for page in what.pages
    ]
    reads.append(
        Work("R5 counted", "the middle one with its count", {OURS: middle}, own="R1 counted")
    )
    if tagged := _tagged(ports[OURS], pages[OURS]):
        reads.append(Work("R7", "an unchanged page", {OURS: tagged}, own="R1"))
    return reads + _for_readers(
        [slug for slug, _ in what.pages], [what.actors], ports[OURS], last_edition
    )


def works_of_first(
    connection: "psycopg.Connection[tuple[object, ...]]", port: int, last_edition: int
) -> list[Work]:
    """Return the work on the first dataset:
    pages of the API that are full, and pages for readers of all its issues.

    Matrices are of many pairs of actors. Of a single pair so many are made that there are too few
    days, and pages of this size are kept from one round to the next.
    """
    slugs = [
        str(slug) for (slug,) in connection.execute("SELECT slug FROM tracker_issue ORDER BY id")
    ]
    actors = [str(slug) for (slug,) in connection.execute(ADDED_ACTORS, [2 * PAIRS])]
    pairs = [",".join(pair) for pair in zip(actors[::2], actors[1::2], strict=True)]
    of_all = f"{LIST[OURS]}?page_size={PAGE}&standing=any"
    asked = [of_all, *(f"{of_all}&actor_kind={kinds}" for kinds in KINDS)]
    pages = [
        Address(page)
        for page in asked
        if len(msgspec.json.decode(got(port, page)[2])["results"]) == PAGE
    ]
    reads = [FROM_NOTHING, Work("R1", "a page", {OURS: pages})]
    if tagged := _tagged(port, pages):
        reads.append(Work("R7", "an unchanged page", {OURS: tagged}, own="R1"))
    return reads + _for_readers(slugs, pairs, port, last_edition)


def _for_readers(
    slugs: Sequence[str], pairs: Sequence[str], port: int, last_edition: int
) -> list[Work]:
    """Return the work that is about pages for readers:
    of these issues, and the matrix with these pairs of actors.
    """
    issues, matrices, days = (
        [f"/issues/{slug}/" for slug in slugs],
        [f"/?actor={pair}" for pair in pairs],
        _days(DAYS),
    )
    frozen = [Address(f"{issue}?on=2019-06-05&edition={last_edition}") for issue in issues]
    made = {
        "H1": (
            "an issue for readers, made",
            [f"{issue}?{day}" for day in days for issue in issues],
        ),
        "H1 again": ("an issue for readers, kept", issues),
        "H2": (
            "the matrix, made",
            [f"{matrix}&{day}" for day in _days(DAYS_OF_A_MATRIX) for matrix in matrices],
        ),
        "H2 again": ("the matrix, kept", matrices),
        "H4": ("a picture, made", [f"{issue[:-1]}.svg?{day}" for day in days for issue in issues]),
    }
    reads = [
        Work(name, says, {OURS: [*map(Address, pages)]}, own="R1", is_made="again" not in name)
        for name, (says, pages) in made.items()
    ]
    if tagged := _tagged(port, frozen):
        reads.append(Work("H3", "a frozen page again", {OURS: tagged}, own="R7"))
    return reads


def _days(number: int) -> list[str]:
    """Return so many days as queries, the latest first."""
    return [
        f"on={datetime.now(UTC).date() - timedelta(days=days)}" for days in range(1, number + 1)
    ]


def small(what: Asked) -> dict[str, dict[Contestant, list[Address]]]:
    """Return what statements are counted of:
    a page with one record and one with fifty, one record, pages for readers.

    The pages for readers are of the earliest days, for which nobody asks besides.
    """
    page = what.pages[0]
    sizes = {f"R1 of {size}": {"page_size": str(size)} for size in (1, 50)}
    counted = {
        "R1 counted": {"count": "true"},
        "R5": {"edition": "2"},
        "R5 counted": {"edition": "2", "count": "true"},
    }
    by_name = {
        name: {contestant: [Address(_page(contestant, *page, **more))] for contestant in ALL}
        for name, more in sizes.items()
    }
    by_name["R1 counted"] = {
        contestant: [Address(_page(contestant, *page, count="true"))] for contestant in ALL
    }
    by_name |= {
        name: {OURS: [Address(_page(OURS, *page, **more))]}
        for name, more in counted.items()
        if "R5" in name
    }
    by_name["R2"] = {
        contestant: [Address(f"{LIST[contestant]}{what.records[0]}/")] for contestant in ALL
    }
    by_name["R3"] = _searches(what.rare[:1])
    for name, page in {
        "H1": f"/issues/{what.pages[-1][0]}/?",
        "H2": f"/?actor={what.actors}&",
    }.items():
        by_name[name] = {OURS: [Address(page + day) for day in reversed(_days(DAYS_OF_A_MATRIX))]}
    return by_name


def _page(contestant: Contestant, slug: str, kinds: str, **more: str) -> str:
    return f"{LIST[contestant]}?{urlencode({'under': slug, 'actor_kind': kinds, **more}, safe=',')}"


def _searches(words: Sequence[str]) -> dict[Contestant, list[Address]]:
    """Return the searches, which the plain contestant has none of: it would find other records."""
    return {
        contestant: [
            Address(f"{LIST[contestant]}?{urlencode({'q': word, 'page_size': HITS})}")
            for word in words
        ]
        for contestant in (OURS, LIMIT)
    }


def _deep(contestant: Contestant, port: int, page: tuple[str, str], depth: int) -> str:
    """Return the address of the page that begins `depth` rows deep, reached as a client does."""
    if contestant is PLAIN:
        return _page(PLAIN, *page, page=str(depth // PAGE + 1))
    address = _page(contestant, *page, page_size=str(STRIDE))
    for _ in range(depth // STRIDE):
        status, _, body = got(port, address)
        address = msgspec.json.decode(body).get("next") if status == 200 else None
        if address is None:
            raise RuntimeError(f"{contestant.name}: {page} has no {depth} rows (status {status})")
        address = urlsplit(address)._replace(scheme="", netloc="").geturl()
    parts = urlsplit(address)
    query = [
        (name, str(PAGE) if name == "page_size" else value)
        for name, value in parse_qsl(parts.query)
    ]
    return f"{parts.path}?{urlencode(query, safe=',:')}"


def _tagged(port: int, pages: Sequence[Address]) -> list[Address]:
    """Return the pages with their tags; none if the API does not answer 304 to them."""
    tagged = [Address(page.path, got(port, page.path)[1].get("etag", "")) for page in pages]
    statuses = [got(port, page.path, {"If-None-Match": page.tag})[0] for page in tagged if page.tag]
    return tagged if statuses == [304] * len(pages) else []
