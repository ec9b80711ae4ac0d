"""Which days a vague date can mean, said while it is typed: the form asks here, so that there is one parser."""

from typing import NamedTuple

from django.http import HttpRequest, JsonResponse

from tracker.values import dates


class Meaning(NamedTuple):
    """What to say of a text where a vague date belongs."""

    text: str
    is_wrong: bool = False


def days(request: HttpRequest) -> JsonResponse:
    """Answer what the parameter `text` means, which may be an interval if `interval` is given."""
    said = meaning(request.GET.get("text", "")[:200].strip(), may_be_interval="interval" in request.GET)
    return JsonResponse({"text": said.text, "is_wrong": said.is_wrong})


def meaning(text: str, *, may_be_interval: bool) -> Meaning:
    """Return the days that a text means, or what is wrong with it and what to write instead."""
    try:
        if may_be_interval and (ends := dates.split_interval(text)):
            return Meaning(f"Will be split when saved: since {_end(ends[0])}; until {_end(ends[1])}")
        return Meaning(str(dates.parse(text)) if text else "")
    except dates.InvalidDate as error:
        return Meaning(str(error), is_wrong=True)


def _end(text: str) -> str:
    return str(dates.parse(text)) if text else "stays empty"
