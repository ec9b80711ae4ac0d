"""Pieces of SVG as strings, in which every text is escaped; all colours are in the style sheet.

Strings rather than templates: a picture of a hundred marks is to take a millisecond.
"""

from collections.abc import Iterable, Sequence

from tracker.public.cards.pictures.text import escaped

LEADING = 16  # from a line of a text to the one below it


def rect(x: float, y: float, width: float, height: float, classes: str, also: str = "") -> str:
    """Return a rectangle; `also` are attributes of our own."""
    return (
        f'<rect class="{classes}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{also}/>'
    )


def path(data: str, classes: str, also: str = "") -> str:
    """Return a line along a course, as the attribute `d` has it."""
    return f'<path class="{classes}" d="{data}"{also}/>'


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a rectangle that is filled with a texture, which no rule for rectangles changes."""
    return f'<path fill="url(#{fill})" d="M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z"/>'


def text(
    x: float,
    y: float,
    lines: str | Sequence[str],
    classes: str,
    leading: int = LEADING,
    also: str = "",
) -> str:
    """Return a text, or lines of it, each `leading` below the one before;
    `also` are attributes of our own.
    """
    head = f'<text class="{classes}" x="{x:g}" y="{y:g}"{also}>'
    if isinstance(lines, str):
        return f"{head}{escaped(lines)}</text>"
    dy = f' dy="{leading}"'
    spans = (
        f'<tspan x="{x:g}"{dy if place else ""}>{escaped(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f"{head}{''.join(spans)}</text>"


def group(inner: Iterable[str], x: float = 0, y: float = 0, classes: str = "") -> str:
    """Return pieces together, moved to a place."""
    return f'<g class="{classes}" transform="translate({x:g} {y:g})">{"".join(inner)}</g>'


def link(href: str, title: str, inner: str, classes: str = "") -> str:
    """Return pieces that say `title` when they are pointed at,
    and lead to `href` if there is one.
    """
    content = f"<title>{escaped(title)}</title>{inner}"
    if not href:
        return f'<g class="{classes}">{content}</g>'
    return f'<a class="{classes}" href="{escaped(href)}">{content}</a>'
