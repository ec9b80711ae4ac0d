"""What an HTML page says, apart from how it is written: its words, and its facts."""

import re

from lxml import html  # type: ignore[import-untyped]

LINKS = ("href", "src", "action", "datetime")
CELLS = ("td", "th")
UNSEEN = ("script", "style")
NUMBER = re.compile(r"\d[\d.,]*")


def words(page: str) -> str:
    """Return the texts of a page in their order, a line each, with single spaces."""
    lines = [" ".join(text.split()) for text in _seen(page).itertext()]
    return "\n".join(line for line in lines if line)


def facts(page: str) -> str:
    """Return the addresses, moments, cells and numbers of a page in their order, a line each."""
    lines: list[str] = []
    for element in _seen(page).iter(html.etree.Element):
        lines += [f"{name} {element.get(name)}" for name in LINKS if element.get(name)]
        if element.tag in CELLS:
            lines.append("cell")
        lines += NUMBER.findall(element.text or "")
        lines += NUMBER.findall(element.tail or "")
    return "\n".join(lines)


def _seen(page: str) -> html.HtmlElement:
    """Return a page without what nobody sees."""
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in list(tree.iter(*UNSEEN)):
        element.drop_tree()
    return tree
