"""What a request lacks before a thread is taken for it."""

import pytest

from config.connections import LARGEST_BODY, LARGEST_HEAD, Need, need

LONGEST_LINE = 100
GET, POST = "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\n"
NEEDS = {
    Need.NOTHING: [
        f"{GET}\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        f"\r\n{GET}\r\n",
        f"{GET}\r\n{GET}",  # the next one comes with it
        f"{POST}Content-Length: 3\r\n\r\nabc",
        f"{POST}content-length:3\r\nExpect: 100-continue\r\n\r\nabc",
        f"{POST}Content-Length: 0\r\n\r\n",
        f"{POST}Content-Length: -1\r\n\r\n",
        "\r\n\r\n",
        "GET / HTTP/1.1\n",
        f"{GET}a\nb",
        f"GET /{'x' * 200}",
    ],
    Need.HEAD: ["G", GET, GET[:-1], f"\r\n{GET}", f"{GET}Content-Length: 3\r\n", f"{GET}X: {'x' * 200}"],
    Need.BODY: [
        f"{POST}Content-Length: 3\r\n\r\nab",
        f"{POST}CONTENT-LENGTH: {LARGEST_BODY - 4}\r\n\r\n",
        f"{GET}X: 1\r\nContent-Length: 3\r\nY: 2\r\n\r\n",
    ],
    Need.SLOT: [
        f"{POST}Content-Length: {LARGEST_BODY + 1}\r\n\r\n",
        f"{POST}Content-Length: 3\r\nExpect: 100-Continue\r\n\r\nab",
        f"{POST}transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        f"{GET}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
    ],
    Need.SMALLER_HEAD: [f"{GET}X: {'x' * LARGEST_HEAD}"],
}


@pytest.mark.parametrize(
    ("needed", "sent"), [(needed, sent) for needed, all_sent in NEEDS.items() for sent in all_sent]
)
def test_what_a_request_lacks(needed: Need, sent: str) -> None:
    """As much is waited for as a thread would wait for, and no more."""
    assert need(bytearray(sent.encode()), LONGEST_LINE) is needed
