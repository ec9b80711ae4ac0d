"""Every page that the public can reach, found by following addresses from the front page,
as a crawler does.
"""

import html
import re
from io import BytesIO
from zipfile import ZipFile

from django.test import Client

from tracker.models import Change, Edition
from tracker.values.nouns import Noun

ADDRESS = re.compile(r"""["'(](/(?:api/v1/|healthz/)?[^"'\s<>{})]*)""")
SEEDS = (
    "/",
    "/api/v1/",
    "/api/v1/changes/",
    "/api/v1/editions/",
    "/healthz/live",
    "/healthz/ready",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    *(f"/sitemap-{noun.plural}-0.xml" for noun in Noun),
    # whatever is spelled nearly like it, if it were public
    *(
        f"{place}nobodymay{end}"
        for place in ("/issues/", "/actors/")
        for end in ("/", ".svg", ".bib", ".card")
    ),
    "/search/?q=nobodymay",
    *(f"/api/v1/{noun.plural}/?q=nobodymay" for noun in Noun),
)
DRAWN = (".png", ".card")  # the same words as `.svg` has, in dots
WITHOUT_RECORDS = ("/static/", "/admin/", "/api/v1/docs/", "/api/v1/schema/", "/api/v1/codebook/")
STATUSES = {200, 301, 302, 304, 308, 400, 404, 410}


def seeds() -> list[str]:
    """Return the addresses at which to begin:
    what is linked from the front, and what was ever an address.
    """
    lists = [f"/api/v1/{noun.plural}/" for noun in Noun]
    claims = [
        f"{address}?standing=contested"
        for address in lists
        if "stance" in address or "alignment" in address
    ]
    then = [
        f"{address}?edition={edition.number}"
        for address in lists
        for edition in Edition.objects.all()
    ]
    records = [
        f"/api/v1/{Noun(noun).plural}/{key}/"
        for noun, key in Change.objects.values_list("noun", "key").distinct()
    ]
    pictures = [f"/{Noun(noun).plural}/{key}.svg" for noun, key in Change.objects.filter(
        noun__in=(Noun.ISSUE, Noun.ACTOR)
    ).values_list("noun", "key").distinct()]  # fmt: skip
    return [
        *SEEDS,
        "/index.svg",
        *pictures,
        *lists,
        *claims,
        *then,
        *records,
        *(f"{record}history/" for record in records),
    ]


def text_of(content: bytes) -> str:
    """Return what an answer says; of a workbook, what all its files say."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def everything_served(*more: str) -> dict[str, str]:
    """Return what each public address answers, by address;
    `more` are addresses that nothing links to.
    """
    client = Client(raise_request_exception=True)
    waiting, responses = [*seeds(), *more], {}
    while waiting:
        address = waiting.pop()
        is_frozen = "on=" in address and "edition=" in address and not address.startswith("/api/")
        path = address.partition("?")[0]
        if (
            address in responses
            or is_frozen
            or path.startswith(WITHOUT_RECORDS)
            or path.endswith(DRAWN)
        ):
            continue
        answer = client.get(address)
        assert answer.status_code in STATUSES, f"{address} answers {answer.status_code}"
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        responses[address] = f"{answer.headers}\n{text_of(content)}"
        waiting += [
            html.unescape(link) for link in ADDRESS.findall(responses[address]) if "{" not in link
        ]
    return responses
