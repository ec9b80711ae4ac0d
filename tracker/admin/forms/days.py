"""Which days a vague date can mean, said while it is typed: the form asks here, so that there is one parser."""

from typing import NamedTuple

from django.http import HttpRequest, JsonResponse

from tracker.values import dates
from tracker.values.spelled_dates import Meant


class Meaning(NamedTuple):
    """What to say of a text where a vague date belongs; what it could mean; both ends, if it is an interval."""

    text: str
    is_wrong: bool = False
    meant: tuple[Meant, ...] = ()
    ends: tuple[str, str] | None = None


def days(request: HttpRequest) -> JsonResponse:
    """Answer what the parameter `text` means, which may be an interval if `interval` is given."""
    said = meaning(request.GET.get("text", "")[:200].strip(), may_be_interval="interval" in request.GET)
    return JsonResponse({**said._asdict(), "meant": [one._asdict() for one in said.meant]})


def meaning(text: str, *, may_be_interval: bool) -> Meaning:
    """Return the days that a text means, or what is wrong with it and what to write instead."""
    try:
        if may_be_interval and (ends := dates.split_interval(text)):
            says = f"An interval, to be split: since {_end(ends[0])}; until {_end(ends[1])}"
            return Meaning(says, ends=ends)
        return Meaning(str(dates.parse(text)) if text else "")
    except dates.InvalidDate as error:
        meant = [one for one in error.meant if may_be_interval or "/" not in one.edtf]
        return Meaning(str(error), is_wrong=True, meant=tuple(meant))


def _end(text: str) -> str:
    return str(dates.parse(text)) if text else "stays empty"
