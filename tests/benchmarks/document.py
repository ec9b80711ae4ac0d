"""Results put into the documentation, between two marks."""

from pathlib import Path


def rewrite(document: Path, name: str, page: str) -> None:
    """Put a page of results between `<!-- NAME -->` and `<!-- end of NAME -->`."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, opening, rest = document.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not (opening and closed):
        raise SystemExit(f"{document} has no place for results: write {begin} and {end} into it.")
    document.write_text(f"{before}{begin}\n\n{page}\n\n{end}{after}")
