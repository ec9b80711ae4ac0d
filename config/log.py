"""Lines of the log: each record begins one, and nothing that somebody sent looks like another record."""

import logging
from copy import copy


class LineFormatter(logging.Formatter):
    """Writes what isn't seen, ends of lines too, by its code; lines of a traceback are indented below their record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback below it if there is one."""
        record = copy(record)
        record.msg, record.args = visible(record.getMessage()), ()
        return "\n    ".join(map(visible, super().format(record).split("\n")))


def visible(text: str) -> str:
    r"""Return a text with what isn't seen as escapes: `\n`, `\x1b`, `\u202e`."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
