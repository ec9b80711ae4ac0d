"""Which records somebody opened for review, at which version, as long as the session lasts.

The session is enough: it says what this person looked at, to this person alone.
A record that was changed since has another version, so it counts as not opened.
"""

from django.http import HttpRequest

from tracker.values.problems import Key

OPENED, MOST_OPENED = "opened", 500


def note_opened(request: HttpRequest, key: Key, version: int) -> None:
    """Keep that the page of a record's review was shown;
    the oldest are forgotten beyond a bound.
    """
    opened = dict(request.session.get(OPENED, {}))
    name = _name(key)
    if opened.get(name) == version:
        return
    opened.pop(name, None)
    opened[name] = version
    request.session[OPENED] = dict([*opened.items()][-MOST_OPENED:])


def was_opened(request: HttpRequest, key: Key, version: int) -> bool:
    """Tell whether this person opened the review of a record at this version."""
    return bool(request.session.get(OPENED, {}).get(_name(key)) == version)


def _name(key: Key) -> str:
    noun, record = key
    return f"{noun}:{record}"
