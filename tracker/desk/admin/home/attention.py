"""What wants attention, as the first page shows it: each kind with a number, counted up to a bound, and its first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from tracker.desk.admin.lists.filters import WANTS
from tracker.desk.admin.site.labels import address, link, names
from tracker.desk.admin.site.pages import whoever
from tracker.desk.merge import open_proposals
from tracker.desk.search.attention import KINDS, Want, first_wanting
from tracker.publishing.review import Task, drafts, sent_back, waiting
from tracker.values.nouns import Noun
from tracker.values.problems import Key

MOST_COUNTED, MOST_RECORDS, LONGEST_LINE = 100, 5, 120


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, in words, and where all of them are listed."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of what wants attention: how many of which there are, and links to the first of them."""

    title: str
    counts: Sequence[Count]
    first: Sequence[SafeString]


@dataclass(frozen=True, slots=True)
class _Keyed:
    """The same before names are known."""

    title: str
    counts: Sequence[Count]
    first: Sequence[Key]
    page: str = "change"


def cards(request: HttpRequest) -> list[Card]:
    """Return what wants the attention of who is logged in, as far as that person may see it."""
    shown = [*_work(request), *_wants(request)]
    named_by_key = names({key for card in shown for key in card.first})
    texts = {key: Truncator(named.text).chars(LONGEST_LINE) for key, named in named_by_key.items() if not named.is_gone}
    return [
        Card(card.title, card.counts, [link(*key, texts[key], card.page) for key in card.first if key in texts])
        for card in shown
    ]


def _work(request: HttpRequest) -> Iterable[_Keyed]:
    """Yield what one has to do oneself; a query each."""
    if not request.user.has_perm("tracker.view_review"):
        return
    me, most = whoever(request), MOST_COUNTED + 1
    yield _of_tasks("My drafts", partial(drafts, of=me, limit=most), "drafts")
    yield _of_tasks("Sent back to me", partial(sent_back, to=me, limit=most), "sent-back")
    if request.user.has_perm("tracker.approve_review"):
        mine = partial(waiting, reviewer=me, limit=most)
        yield _of_tasks("Waiting for my review", mine, "waiting", "?mine=on", "review")
    else:
        yield _of_tasks("Waiting for review", partial(waiting, limit=most), "waiting", page="review")
    if proposed := open_proposals(but_by=me, most=most):
        noun, record = proposed[0]
        counts = [Count(_number(len(proposed), "merge", "merges"), address(noun, record, "merge"))]
        yield _Keyed("Proposed to be merged", counts, proposed[:MOST_RECORDS], "merge")


def _of_tasks(title: str, tasks: Callable[[], list[Task]], name: str, query: str = "", page: str = "change") -> _Keyed:
    listed = tasks()
    counts = [Count(_number(len(listed), "record", "records"), reverse(f"admin:worklist_{name}") + query)]
    return _Keyed(title, counts if listed else [], [(task.noun, task.record) for task in listed[:MOST_RECORDS]], page)


def _wants(request: HttpRequest) -> Iterable[_Keyed]:
    """Yield what wants anybody's attention; a query for each noun concerned."""
    today = timezone.localdate()
    for want, kind in KINDS.items():
        nouns = [noun for noun in kind.nouns if request.user.has_perm(f"tracker.view_{noun}")]
        if nouns:
            yield _wanted(want, {noun: first_wanting(want, noun, today=today, most=MOST_COUNTED + 1) for noun in nouns})


def _wanted(want: Want, by: dict[Noun, list[int]]) -> _Keyed:
    counts = [
        Count(
            _number(len(ids), noun, noun.plural),
            reverse(f"admin:tracker_{noun}_changelist") + f"?attention={want}",
        )
        for noun, ids in by.items()
        if ids
    ]
    by_turns = zip_longest(*([(noun, record) for record in ids[:MOST_RECORDS]] for noun, ids in by.items()))
    first = [key for keys in by_turns for key in keys if key]
    return _Keyed(WANTS[want].capitalize(), counts, first[:MOST_RECORDS])


def _number(count: int, singular: str, plural: str) -> str:
    return f"{MOST_COUNTED}+ {plural}" if count > MOST_COUNTED else f"{count} {singular if count == 1 else plural}"
