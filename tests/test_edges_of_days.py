"""Every address is asked for the first and the last day that there are, for moments around them,
and for what is none.

Addresses come from the table of them all, and parameters from what their views declare, so a new
one is asked too. The desk's pages declare none: each is asked for all that any of them takes.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.desk.admin.conftest import logged_in
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish_whole
from tests.publishing.releases.acts import released
from tracker.desk.api.views import DeskView
from tracker.public.api.views import PublicView
from tracker.public.site.dates import DATES
from tracker.public.site.page import Page
from tracker.schema.filters import Day, Filter, Moment
from tracker.values.nouns import BY_PLURAL, Noun

pytestmark = [pytest.mark.slow, pytest.mark.gate, pytest.mark.django_db]
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "0000-01-01",
    "0001",
    "9999-XX",
    "2018-02-30",
    "2018-12~",
    "10000-01-01",
    "..",
)
MOMENTS = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00%2B23:59",
    "9999-12-31T23:59:59-23:59",
    "9999-12-31T23:59:59.999999Z",
)
# What pages of the desk take, and filters of lists; of others they are no parameters.
AT_THE_DESK = ("period={0}", "since={0}&until={0}", "after={0}", "on={0}")
YEARS = ("1", "9999", "0", "10000")
Route = tuple[str, Any]


def routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[Route]:
    for pattern in patterns:
        address = before + re.sub(r"^\^|\$$|\\Z$", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def view_of(callback: Any) -> Any:
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None) or object


def declared(callback: Any) -> list[Filter]:
    view = view_of(callback)
    if issubclass(view, Page):
        return [*DATES, *view.parameters]
    return (
        list(view(**callback.view_initkwargs).declared())
        if issubclass(view, DeskView | PublicView)
        else []
    )


def asked(callback: Any, address: str) -> list[str]:
    queries = [""]
    for by in declared(callback):
        if isinstance(by, Moment):
            queries += [f"?{by.name}={value}" for value in (*MOMENTS, *DAYS[:3])]
        elif isinstance(by, Day):
            other = {"on": "&stale=true&member_of=own", "confirmed": "&on=0001-01-01"}.get(
                by.name, ""
            )
            queries += [f"?{by.name}={value}{also}" for value in DAYS for also in {"", other}]
        elif by.name == "year":
            queries += [f"?year={value}" for value in YEARS]
    if address.startswith("/admin/") and "<" not in address:
        queries += [
            f"?{query.format(value)}"
            for query in AT_THE_DESK
            for value in (*DAYS[:2], "0001/9999", MOMENTS[1])
        ]
    return queries


ROUTES = sorted(dict(routes(get_resolver().url_patterns)).items())
LEAVES = ("/admin/logout/", "/admin/login/")
GROUPS = ("/admin/", "/api/v1/desk/", "/api/v1/", "/")


@pytest.fixture
def world() -> dict[str, Any]:
    """Records from the first day to the last, and of unknown days, of each noun one in public."""
    organization = ActorFactory(
        slug="own", kind="organization", frames=[{"kinds": ["resolution"], "since": "0001"}]
    )
    actor = ActorFactory(
        slug="china",
        memberships=[{"organization": organization, "since": "0001-01-01", "until": "9999-12-31"}],
    )
    other, issue = ActorFactory(slug="russia"), IssueFactory(slug="canal")
    whole = {"since": "0001-01-01", "until": "9999-12-31", "issue": issue, "actor": actor}
    known = {
        "issues": issue,
        "actors": actor,
        "stances": StanceFactory(**whole),
        "alignments": AlignmentFactory(**whole, counterpart=other),
        "meetings": MeetingFactory(since="0001-01-01", participants=[{"actor": actor}]),
        "votes": VoteFactory(
            body=organization, held="0001-01-01", ballots=[{"actor": actor}, {"actor": other}]
        ),
    }
    planned = MeetingFactory(since="9999-12-31", status="expected")
    early = StanceFactory(
        **whole | {"since": "", "until": "0001-01-01", "actor": other}, confirmed_on=None
    )
    publish_whole(*known.values(), planned, early)
    known["sources"] = early.citations.get().source
    StanceFactory(**whole, position="opposes", standing="contested", standing_note="A draft.")
    released("2026.1")
    return known


def filled(address: str, world: dict[str, Any], year: str = "2019") -> str:
    plural = next((part for part in address.split("/") if part in BY_PLURAL), "")
    model = re.search(r"/admin/tracker/([a-z]+)/", address)
    record = world.get(plural) or world.get(
        Noun(model[1]).plural if model and model[1] in set(Noun) else ""
    )
    key = getattr(record, "slug", None) or getattr(record, "pk", 1)
    values = {
        "first": "china",
        "second": "russia",
        "year": year,
        "suffix": "json",
        "version": "2026.1",
    }
    values |= {
        "key": key,
        "object_id": record.pk if record else 1,
        "record": record.pk if record else 1,
    }
    return re.sub(
        r"\(\?P<\w+>.*|<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], "1")), address
    )


@pytest.mark.parametrize("group", GROUPS)
def test_no_day_is_answered_with_a_bug(world: dict[str, Any], group: str) -> None:
    client = logged_in("administrators", is_superuser=True) if group in GROUPS[:2] else Client()
    client.raise_request_exception = False
    failed, count = {}, 0
    for address, callback in ROUTES:
        if group == "/admin/" and "<" in address:
            continue
        if (
            next(start for start in GROUPS if address.startswith(start)) != group
            or address in LEAVES
        ):
            continue
        for year in YEARS if "<int:year>" in address else ("2019",):
            for query in asked(callback, address):
                response = client.get(f"{filled(address, world, year)}{query}")
                b"".join(response)
                count += 1
                assert not response.headers.get("Location", "").startswith(LEAVES)
                if response.status_code >= 500:
                    failed[f"{filled(address, world, year)}{query}"] = response.status_code

    assert failed == {}
    assert count > 100
