"""What only a real server meets: requests sent as raw bytes to gunicorn, as production runs it."""

import json
from pathlib import Path

import pytest

from tests.desk.api.working import Worker
from tests.public.api.servers import Server, serving
from tracker.public.api.documentation import document

pytestmark = [pytest.mark.slow, pytest.mark.gate]

DESK, PUBLIC = "/api/v1/desk/stances/", "/api/v1/stances/"
# What is no HTTP, or too long to be looked at,
# the web server refuses before the tracker hears of it.
BY_THE_SERVER = {400, 414, 417, 431}
READS: dict[str, tuple[str, set[int]]] = {
    "a NUL in the path": ("GET /api/v1/actors/a%00b/", {404}),
    "no UTF-8 in the path": ("GET /api/v1/actors/%FF/", {404}),
    "no UTF-8 in the path, as it is": ("GET /api/v1/actors/\xff/", BY_THE_SERVER),
    "no UTF-8 in the query string, as it is": (f"GET {PUBLIC}?publisher=\xff", BY_THE_SERVER),
    "no UTF-8 in a text": ("GET /api/v1/sources/?publisher=%FF", {400}),
    "dots": ("GET /api/v1/../../etc/passwd", {404}),
    "another method": (f"FOO {PUBLIC}", {405}),
    "TRACE": (f"TRACE {PUBLIC}", {405}),
    "PROPFIND": (f"PROPFIND {PUBLIC}", {405}),
    "OPTIONS": (f"OPTIONS {PUBLIC}", {405}),
    "a whole address": (f"GET http://localhost{PUBLIC}", {200, 404}),
    "a long query string": (f"GET {PUBLIC}?q={'x' * 3900}", {400}),
    "a query string that is too long": (f"GET {PUBLIC}?q={'x' * 8200}", {414}),
    "a query string without end": (f"GET {PUBLIC}?q={'x' * 100_000}", BY_THE_SERVER),
    "a fragment": (f"GET {PUBLIC}#a", {200}),
}
HEADERS: dict[str, tuple[str, set[int]]] = {
    "Accept": ("Accept: " + ",".join(["a/b;q=x"] * 500), {406}),
    "Accept of nothing": ("Accept: ;;,,/", {406}),
    "many tags": ("If-None-Match: " + ",".join(['"a.b"'] * 1000), {200}),
    "bad tags": ('If-None-Match: W/"\xff", ""."', {200}),
    "a range": ("Range: bytes=9999999999999999999999-1,-,x", {200}),
    "an encoding": ("Accept-Encoding: gzip;q=1e999, \xff;q=, *;q=NaN", {200}),
    "a cookie": ('Cookie: sessionid="aaaaaaaa\\000bbb"; csrftoken=\xff; =;;', {200}),
    "a day": ("If-Modified-Since: yesterday", {200}),
    "a name": ("X-Forwarded-For: \xff,,,", {200}),
    "an upgrade": ("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c", {200}),
    "an expectation": ("Expect: 200-maybe", BY_THE_SERVER),
    "a large header": (f"X-Large: {'x' * 100_000}", BY_THE_SERVER),
    "a NUL": ("X-Nul: a\x00b", BY_THE_SERVER),
    "a header without a name": (": a", BY_THE_SERVER),
}
HOSTS: dict[str, set[int]] = {
    "elsewhere.example": {400},
    "localhost:99999x": {400},
    "a b": {400},
    "": {400},
    "[::1": {400},
    "\xff": {400},
    "localhost/../": {400},
    "127.0.0.1:80:80": {400},
}
BY_DESK: dict[str, tuple[str, set[int]]] = {
    "no UTF-8 in a reason": ("Change-Reason: \xff", {400}),
    "no UTF-8 in a reason, encoded": ("Change-Reason: %ff%fe", {400}),
    "a NUL in a reason": ("Change-Reason: %00", {400}),
    "half of a character in a reason": ("Change-Reason: %ED%A0%80", {400}),
    "a key that is too long": (f"Idempotency-Key: {'x' * 201}", {400}),
    "a key that can't be seen": ("Idempotency-Key: \x85\xa0", {400}),
    "a scheme": ("Authorization: Basic YTpi", {401}),
    "no UTF-8 in a token": ("Authorization: Bearer \xff\xfe", {401}),
    "a token without end": (f"Authorization: Bearer {'x' * 7000}", {401}),
    "a NUL in the session": ('Authorization:\r\nCookie: sessionid="aaaaaaaa\\000bbb"', {400}),
    "a session that there is not": (f"Authorization:\r\nCookie: sessionid={'a' * 4000}", {401}),
    "a body in chunks": ("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0", {411}),
    "a body in bad chunks": ("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", {411, 400}),
    "a length that is too short": ("Content-Length: 1\r\n\r\n{}", {400}),
    "a length that is too long": ("Content-Length: 100\r\n\r\n{}", {400}),
    "a length below nothing": ("Content-Length: -1", BY_THE_SERVER),
    "two lengths": ("Content-Length: 1\r\nContent-Length: 2", BY_THE_SERVER),
    "a length and chunks": ("Content-Length: 2\r\nTransfer-Encoding: chunked", BY_THE_SERVER),
    "a body that is too big": (f"Content-Length: 2000000\r\n\r\n{' ' * 2_000_000}", {413}),
    "a body that is much too big": ("Content-Length: 99999999999999999999\r\n\r\n{", {413}),
    "a compressed body": ("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", {415}),
}


@pytest.mark.django_db(transaction=True)
def test_whatever_comes_over_the_wire_is_answered_kindly(database_url: str, tmp_path: Path) -> None:
    """With a problem, by the tracker or by the web server if it never gets there;
    without a traceback.
    """
    erik = Worker("editors", username="erik")
    with serving(database_url, tmp_path / "log") as server:
        wrong = [
            *(
                answered(name, server, f"{line} HTTP/1.1", "", may)
                for name, (line, may) in READS.items()
            ),
            *(
                answered(name, server, f"GET {PUBLIC} HTTP/1.1", header, may)
                for name, (header, may) in HEADERS.items()
            ),
            *(
                answered(name, server, f"GET {address} HTTP/1.1", "", may, host=name)
                for name, may in HOSTS.items()
                for address in (PUBLIC, DESK)
            ),
            *(
                answered(name, server, f"POST {DESK} HTTP/1.1", written(erik, header), may)
                for name, (header, may) in BY_DESK.items()
            ),
        ]
        assert server.ask("GET", DESK, Authorization=f"Bearer {erik.token}")[0] == 200
        log = server.log.read_text()

    assert not any(wrong), "\n".join(filter(None, wrong))
    assert "Traceback" not in log


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_too_long_is_refused_as_the_document_says(
    database_url: str, tmp_path: Path
) -> None:
    """With what to do; pages of other sites may read that, too."""
    example = document()["components"]["responses"]["URITooLong"]["content"][
        "application/problem+json"
    ]["examples"]
    with serving(database_url, tmp_path / "log") as server:
        status, answer, body = server.ask("GET", f"{PUBLIC}?id={'1' * 8981}")
        assert server.ask("GET", f"{PUBLIC}?q={'x' * 8100}")[0] == 400

    assert (status, json.loads(body)) == (414, example["long"]["value"])
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def written(erik: Worker, headers: str) -> str:
    """Return headers of a request to write, with the token unless they have their own."""
    token = "" if "Authorization" in headers else f"Authorization: Bearer {erik.token}\r\n"
    return f"{token}Content-Type: application/json\r\n{headers}"


def answered(
    name: str, server: Server, line: str, headers: str, may: set[int], host: str = "localhost"
) -> str:
    """Send a request; return what is wrong with the answer, nothing if nothing is."""
    lines = f"{headers}\r\n" if headers else ""
    got = server.raw(
        f"{line}\r\nHost: {host}\r\nConnection: close\r\n{lines}\r\n".encode("latin-1")
    )
    head, _, body = got.partition(b"\r\n\r\n")
    status = int(head[9:12] or 0)
    said_so = body[body.find(b"{") : body.rfind(b"}") + 1]  # without what chunks begin and end with
    is_problem = b"application/problem+json" in head and json.loads(said_so)["status"] == status
    if status in may and (status < 400 or is_problem):
        return ""
    return f"{name}: {got[:400]!r}"
