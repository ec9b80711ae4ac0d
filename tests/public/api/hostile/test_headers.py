"""Headers by which proxies tell a server what was asked of them:
no client's is believed, whatever it is called.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.config.test_settings import PRODUCTION
from tests.desk.api.working import Worker
from tests.factories import StanceFactory
from tests.public.api.publishing import publish_whole
from tests.public.api.servers import ROOT, serving
from tests.public.api.test_cache_in_front import NO_CACHE
from tests.public.api.varnish import PROGRAM, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.gate]

# As CGI, gunicorn, nginx, Apache, IIS, Zope, Rails and clouds call them.
NAMES = (
    "Script-Name",
    "Path-Info",
    "Path-Translated",
    "Request-Uri",
    "Query-String",
    "Request-Method",
    "Server-Name",
    "Server-Port",
    "Remote-User",
    "Remote-Addr",
    "Auth-Type",
    "Https",
    "Http-Host",
    "Wsgi-Url-Scheme",
    "Forwarded",
    "X-Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Server",
    "X-Forwarded-Port",
    "X-Forwarded-Protocol",
    "X-Forwarded-Ssl",
    "X-Forwarded-Scheme",
    "X-Forwarded-Prefix",
    "X-Forwarded-Path",
    "X-Forwarded-Uri",
    "X-Forwarded-Method",
    "X-Forwarded-User",
    "X-Script-Name",
    "X-Path-Info",
    "X-Scheme",
    "X-Host",
    "X-Url-Scheme",
    "X-Original-Url",
    "X-Original-Uri",
    "X-Original-Host",
    "X-Original-Method",
    "X-Rewrite-Url",
    "X-Http-Method",
    "X-Http-Method-Override",
    "X-Method-Override",
    "X-Http-Host-Override",
    "X-Real-Ip",
    "X-Client-Ip",
    "X-Cluster-Client-Ip",
    "True-Client-Ip",
    "Cf-Connecting-Ip",
    "Front-End-Https",
    "X-Remote-User",
    "X-User",
    "X-Accel-Redirect",
    "X-Sendfile",
    "Proxy",
    "Via",
    "Destination",
)
BELIEVED = "X-Forwarded-Proto"  # where there are hosts; here it is one of them
VALUES = (
    "/api",
    "/api/v1/actors",
    "/admin",
    "on",
    "off",
    "https",
    "ssl",
    "http",
    "evil.example",
    "DELETE",
    "1.2.3.4",
    "for=1.2.3.4;host=evil.example;proto=https",
    "admin",
    "8080",
)
PUBLIC = (
    "/",
    "/api/v1/",
    "/api/v1/stances/",
    "/api/v1/stances",
    "/api/v1/nowhere/",
    "/api/v1/docs/",
    "/healthz/live",
)
OURS = ("/admin/login/", "/admin/", "/admin", "/api/v1/desk/stances/", "/static/tracker/admin.css")
CHANGING = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=took": )[0-9.]+')


def spelled(*names: str) -> Iterator[dict[str, str]]:
    """Yield headers: half of the names with one value at a time, with hyphens,
    then with underscores.

    Half of them, since Varnish takes no more than 64.
    """
    for value in VALUES:
        for sign in "-_":
            yield from (
                {name.replace("-", sign): value for name in names[half::2]} for half in (0, 1)
            )


def comparable(
    address: str, headers: dict[str, str], method: str = "GET"
) -> tuple[int, str, str, bytes]:
    answer = requests.request(method, address, headers=headers, allow_redirects=False, timeout=30)
    kept = [
        f"{name}: {answer.headers.get(name)}"
        for name in ("Location", "ETag", "Vary", "Content-Type", "Allow")
    ]
    cookies = sorted(f"{cookie.name} {cookie.path} {cookie.secure}" for cookie in answer.cookies)
    return answer.status_code, "\n".join(kept), " ".join(cookies), CHANGING.sub(b"", answer.content)


@pytest.mark.parametrize("environment", [{}, PRODUCTION], ids=["on this machine", "behind a proxy"])
def test_no_header_that_a_client_makes_up_is_believed(database_url, tmp_path, environment):
    publish_whole(StanceFactory())
    anna = {"Authorization": f"Bearer {Worker('analysts').token}"}
    proxy = {"Host": "tracker.example.org", BELIEVED: "https"} if environment else {}
    names = NAMES if environment else (*NAMES, BELIEVED)
    environment = {
        **environment,
        "TRACKER_STATIC_ROOT": str(tmp_path / "static"),
        "TRACKER_READS_PER_SECOND": "0",
    }
    if proxy:
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
    with serving(database_url, tmp_path / "log", **environment) as server:
        for path in (*PUBLIC, *OURS):
            address, sent = (
                f"http://127.0.0.1:{server.port}{path}",
                {**proxy, **(anna if "desk" in path else {})},
            )
            for method in ("GET", "POST") if path in OURS else ("GET",):
                without = comparable(address, sent, method)
                assert without[0] < 500, without
                for made_up in spelled(*names):
                    assert comparable(address, {**made_up, **sent}, method) == without, (
                        path,
                        method,
                        made_up,
                    )
        assert "Traceback" not in server.log.read_text()


def test_nor_is_what_a_cache_keeps_for_others(database_url: str, tmp_path: Path) -> None:
    """Who asks first, with all of them, is answered as everybody else;
    and so are those who come after.
    """
    if PROGRAM is None:
        pytest.fail(NO_CACHE) if os.environ.get("CI") == "true" else pytest.skip(NO_CACHE)
    publish_whole(StanceFactory())
    with (
        serving(database_url, tmp_path / "log", TRACKER_READS_PER_SECOND="0") as server,
        tempfile.TemporaryDirectory(prefix="varnish-") as directory,
        running(f"http://127.0.0.1:{server.port}", Path(directory)) as cache,
    ):
        for number, made_up in enumerate(spelled(*NAMES, BELIEVED), start=1):
            for path in (
                "/api/v1/stances/?edition=1&",
                "/api/v1/stances/?",
                "/api/v1/nowhere/?",
                "/admin/login/?",
            ):
                address = f"{path}page_size={number}"
                expected = comparable(
                    f"http://127.0.0.1:{server.port}{address}",
                    {"Host": urlsplit(cache.address).netloc},
                )
                assert [
                    comparable(cache.address + address, headers) for headers in (made_up, {})
                ] == [expected] * 2, made_up
