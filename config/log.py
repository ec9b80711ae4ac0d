"""Records of the log, as lines or as JSON: nothing that somebody sent looks like another record."""

import json
import logging
from copy import copy
from datetime import UTC, datetime

# Of a request, by the names that its records have.
FIELDS = {"request_id": "request_id", "method": "method", "path": "path", "status_code": "status"}


class LineFormatter(logging.Formatter):
    """Writes what isn't seen, ends of lines too, by its code;
    lines of a traceback are indented below their record.

    The id of the request stands at the end of the first line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback below it if there is one."""
        request_id = getattr(record, "request_id", "")
        record = copy(record)
        record.msg, record.args = (
            visible(record.getMessage()) + (f" [{request_id}]" if request_id else ""),
            (),
        )
        return "\n    ".join(map(visible, super().format(record).split("\n")))


class JsonFormatter(logging.Formatter):
    """Writes each record as an object in a line of its own, in ASCII;
    what it doesn't tell it has no field for.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is a field."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
            **{name: getattr(record, attribute, None) for attribute, name in FIELDS.items()},
            "traceback": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in fields.items() if value})


def visible(text: str) -> str:
    r"""Return a text with what isn't seen as escapes: `\n`, `\x1b`, `\u202e`."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
