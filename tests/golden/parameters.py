"""Which parameters the golden questions use."""

import re
from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

from django.urls import resolve

from tests.golden.asking import dated, questions

API = "/api/"


def used_parameters() -> dict[str, set[str]]:
    """Return the parameters that are asked for, by the path of their operation."""
    addresses = [
        *dated(questions("addresses.txt")),
        *questions("queries.txt"),
        *questions("texts.txt"),
    ]
    by_path: dict[str, set[str]] = defaultdict(set)
    for address in addresses:
        if address.startswith(API):
            parts = urlsplit(address)
            route = resolve(parts.path)
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.route)
            by_path[path].update(route.kwargs)
            by_path[path].update(name for name, _ in parse_qsl(parts.query))
    return by_path
