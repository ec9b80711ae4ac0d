"""Numbers of records, versions, rows and events, as addresses and forms say them."""

IN_A_BIGINT = 18  # digits that always fit


def number(text: str, *, digits: int = 9) -> int | None:
    """Return the number; None if none is said that there can be."""
    return int(text) if text.isdecimal() and len(text) <= digits else None
