"""A source from nothing but its address: what the address says, and what sources of the same host have in common."""

from collections import Counter
from typing import Any

from django.db.models import Func, Q, QuerySet, TextField, Value

from tracker.models import Source
from tracker.models.merging import STANDS
from tracker.values.addresses import clues, host_of, shortened, split_archived, whole
from tracker.values.csl import SourceType

RECENT = 50
OF_THE_HOST = ("type", "publisher", "container_title", "outlet", "language")
HAS_ADDRESS = ~Q(url="") & STANDS


def at(address: str) -> "QuerySet[Source]":
    """Return the sources at an address: their own, or that of their archived copy; found by indexes alone."""
    pasted = whole(address)
    original, copy = split_archived(pasted)
    found = HAS_ADDRESS & Q(url_key=_key(pasted)) | ~Q(archive_url="") & Q(archive_key=_key(pasted))
    found |= HAS_ADDRESS & Q(url_key=_key(original)) if copy else Q()
    archive_key = Func("archive_url", function="normalised_url", output_field=TextField())
    return Source.objects.alias(archive_key=archive_key).filter(found)


def _key(address: str) -> Func:
    return Func(Value(shortened(address)), function="normalised_url", output_field=TextField())


def guess(address: str) -> dict[str, Any]:
    """Return what the fields of a source at this address may be; what is not known is left out."""
    said = clues(address)
    found = {
        "type": SourceType.WEBPAGE.value,
        **_in_common(host_of(said.url)),
        "issued": said.issued,
        "title": said.title,
    }
    found |= {"url": said.url, "archive_url": said.archive_url, "language": said.language or found.get("language", "")}
    return {name: value for name, value in found.items() if value}


def _in_common(host: str) -> dict[str, str]:
    """Return what most of the host's latest sources have; publishers and outlets of one host hardly differ."""
    of_host = Q(url_key=host) | Q(url_key__startswith=f"{host}/")
    rows = list(Source.objects.filter(HAS_ADDRESS, of_host).order_by("-pk").values(*OF_THE_HOST)[:RECENT])
    most = {name: Counter(row[name] for row in rows if row[name]).most_common(1) for name in OF_THE_HOST}
    return {name: counted[0][0] for name, counted in most.items() if counted}
