"""LaTeX, as fields of BibTeX have it, as plain text: accents composed, braces and commands gone, their words kept."""

import re

from pylatexenc import latex2text, latexwalker  # type: ignore[import-untyped]
from pylatexenc.macrospec import MacroSpec  # type: ignore[import-untyped]

LONGEST_TEXT = 20_000  # characters: the library takes the square of it
# what it raises for commands without what they need, as \verb at the end
REFUSALS = (latexwalker.LatexWalkerError, LookupError, TypeError, AttributeError, ValueError)
# whose first argument is no word of the text, and which the library does not know or not as such
AFTER_THE_FIRST = ("href", "foreignlanguage", "parbox", "raisebox", "scalebox", "hyperref", "hyperlink", "hypertarget")
NO_WORDS = ("color", "pagecolor", "definecolor", "label", "hphantom", "vphantom", "hspace", "selectlanguage", "today")
WORDS = ("url", "title", "author", "date")  # of a whole document, or in brackets, to the library


class NotPlain(ValueError):
    """Text that can't be read as LaTeX; the message says why."""


def plain(latex: str) -> str:
    """Return the text without commands, accents composed, braces gone; raise NotPlain."""
    if not re.search(r"[\\{}$~%]|--", latex):
        return latex.strip()
    if len(latex) > LONGEST_TEXT:
        raise NotPlain(f"a field is longer than {LONGEST_TEXT:,} characters")
    guarded = re.sub(r"(?<!\\)%", r"\\%", latex)  # in a field it begins no comment
    try:
        text = _TO_TEXT.latex_to_text(guarded, latex_context=_COMMANDS)
    except RecursionError as error:
        raise NotPlain("its braces or commands are too deeply nested") from error
    except REFUSALS as error:
        raise NotPlain(f"it has LaTeX that can't be read: {latex[:80]}") from error
    return str(text).replace("\xa0", " ").strip()


def _commands() -> "latexwalker.LatexContextDb":
    """Return which arguments commands have; one that is not known has none, so what follows it is text."""
    context = latexwalker.get_default_latex_context_db()
    second = [MacroSpec(name, "[{{" if name == "hyperref" else "{{") for name in AFTER_THE_FIRST]
    first = [MacroSpec(name, "{") for name in ("hspace", "selectlanguage")]
    context.add_context_category("bibliographies", macros=[*second, *first], prepend=True)
    return context


def _texts() -> "latexwalker.LatexContextDb":
    """Return what commands are as text: for those of which nothing is known, their arguments."""
    context = latex2text.get_default_latex_context_db()
    macros = [
        *(latex2text.MacroTextSpec(name, simplify_repl=_last) for name in AFTER_THE_FIRST),
        *(latex2text.MacroTextSpec(name, discard=True) for name in NO_WORDS),
        *(latex2text.MacroTextSpec(name, discard=False) for name in WORDS),
    ]
    context.add_context_category("bibliographies", macros=macros, prepend=True)
    context.set_unknown_macro_spec(latex2text.MacroTextSpec("", discard=False))
    return context


def _last(node: "latexwalker.LatexMacroNode", l2tobj: latex2text.LatexNodes2Text) -> str:
    return str(l2tobj.nodelist_to_text(node.nodeargd.argnlist[-1:]))


_COMMANDS = _commands()
_TO_TEXT = latex2text.LatexNodes2Text(math_mode="verbatim", latex_context=_texts())
