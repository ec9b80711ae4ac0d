"""Every address that anybody may read is counted, before anything is read for it."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tracker.public.http import throttling
from tracker.public.http.throttling import BURST, Limit

UNCOUNTED = (
    "admin/",
    "api/v1/desk/",
    "healthz/",
)  # of people and tokens, who are counted otherwise; of machines of ours
ADDRESS = "198.51.100.9"
SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "png",
    "path": "x/",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def routes(of: URLResolver, before: str = "") -> Iterator[str]:
    for each in of.url_patterns:
        if isinstance(each.pattern, RoutePattern):
            route = before + sample(each.pattern)
        else:
            route = before + "sitemap-actors-0.xml" if "sitemap" in str(each.pattern) else before
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


def sample(pattern: RoutePattern) -> str:
    route = str(pattern)
    while "<" in route:
        before, _, rest = route.partition("<")
        kind, _, after = rest.partition(">")
        route = before + SAMPLES.get(kind.partition(":")[0], "x") + after
    return route


PUBLIC = sorted({route for route in routes(get_resolver()) if not route.startswith(UNCOUNTED)})


def test_there_are_routes_of_all_sorts() -> None:
    assert len(PUBLIC) > 100
    assert {
        "",
        "sitemap.xml",
        "sitemap-actors-0.xml",
        "api/v1/docs/",
        "robots.txt",
    } <= set(PUBLIC)


@pytest.mark.parametrize(
    "route", [*PUBLIC, "nowhere/", "api/v1/nowhere/", "api/nowhere", "adminx", "apix"]
)
def test_who_asked_too_often_gets_429_everywhere(
    route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "READING", reading := Limit())
    reading.charge(ADDRESS, BURST)
    with override_settings(READS_PER_SECOND=1):
        response = Client(REMOTE_ADDR=ADDRESS).get(f"/{route}")

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= BURST
