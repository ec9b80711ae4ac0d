"""What keeps a spreadsheet from taking text for a formula: one apostrophe, put before it and taken off again.

Only text is guarded; numbers, dates, codes and JSON are left as they are. As an apostrophe itself is guarded too,
what is written is what is read: `unguarded(guarded(text)) == text`.
"""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(text: str) -> str:
    """Return text as an export writes it: an apostrophe before a leading `= + - @ TAB CR '`."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """Return text as an import reads it: without exactly one leading apostrophe, if there is any."""
    return text.removeprefix("'")
