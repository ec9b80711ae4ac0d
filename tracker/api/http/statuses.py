"""What the statuses of HTTP are called, in RFC 9110 and so in newer Pythons."""

from http import HTTPStatus

RENAMED = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}


def title(status: int) -> str:
    """Return a status in words."""
    return RENAMED.get(status) or HTTPStatus(status).phrase
