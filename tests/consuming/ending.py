"""The end, when nothing is published any more:
all copies agree, and old addresses say what became of their records.
"""

from collections.abc import Iterator, Sequence

from tests.consuming import checks
from tests.consuming.connection import Reader
from tests.consuming.followers import Follower
from tests.consuming.readers import RESOURCES, ROOT, FeedReader, everything

FATES = {"retracted": 410, "merged": 308}
MOST_ADDRESSES = 300


def complaints(
    asker: Reader, feeds: Sequence[FeedReader], followers: Sequence[Follower]
) -> Iterator[str]:
    """Yield what doesn't agree:
    copies with the origin, the feed with the lists, addresses with the feed.
    """
    edition, first = asker.lines(everything(RESOURCES[0]))
    parts = [first, *(asker.lines(everything(resource))[1] for resource in RESOURCES[1:])]
    made = checks.digest(parts)
    asker.done["copies compared"] = len(followers) + len(feeds)
    if asker.get(f"{ROOT}editions/{edition}/").json()["digest"] != made:
        yield f"edition {edition}: its digest is not that of its records"
    expected = (edition, sum(map(len, parts)), made)
    for follower in followers:
        if follower.copy != expected:
            yield f"{follower.name}: its copy is {follower.copy}, the origin {expected}"
    counts = {
        resource: len(lines) for resource, lines in zip(RESOURCES, parts, strict=True) if lines
    }
    for feed in feeds:
        feed.turn()
        while feed.get(feed.next).json()["results"]:
            feed.turn()
        yield from (f"{feed.name}: {says}" for says in checks.of_feed(feed.changes))
        if dict(checks.live_counts(feed.changes)) != counts:
            yield (
                f"{feed.name}: by the feed there are live {checks.live_counts(feed.changes)}, in "
                f"the lists {counts}"
            )
        if feed.changes and feed.changes[-1]["edition"] != edition:
            yield f"{feed.name}: it ends with edition {feed.changes[-1]['edition']}, not {edition}"
    yield from _of_addresses(asker, feeds[0].changes)


def _of_addresses(asker: Reader, changes: Sequence[checks.Change]) -> Iterator[str]:
    """Yield which addresses of what is gone don't say so;
    one of a merged record leads to the last survivor.
    """
    records = {change["url"]: (change["resource"], change["id"]) for change in changes}
    last = {(change["resource"], change["id"]): change for change in changes}
    gone = [change for change in last.values() if change["operation"] in FATES]
    for change in gone[-MOST_ADDRESSES:]:
        answer = asker.get(
            f"{ROOT}{change['resource']}/{change['key']}/", valid=(308, 410, 200, 404)
        )
        if answer.status != FATES[change["operation"]]:
            yield (
                f"{change['resource']} {change['key']} was {change['operation']}, and answers "
                f"{answer.status}"
            )
        elif answer.status == 308 and records.get(answer.headers["location"]) != checks.survivor(
            change, changes
        ):
            yield f"{change['resource']} {change['key']} leads to {answer.headers['location']}"
    asker.done["old addresses asked"] = len(gone[-MOST_ADDRESSES:])
