"""Numbers as clients write them:
the one place where text that comes from outside becomes a number.
"""

IN_A_BIGINT = 18  # digits that always fit


def number(text: str, *, digits: int = 9) -> int | None:
    """Return the number of a record, version, row or event in a request or file;
    None if there can be none such.

    Python refuses to read more than 4,300 digits, and the database those that don't fit.
    """
    return int(text) if len(text) <= digits and text.isascii() and text.isdecimal() else None
