"""LaTeX of BibTeX's fields as plain text: no word is lost, and nothing takes the square of its length."""

import pytest

from tracker.public.formats.bibtex import LONGEST_TEXT, NotPlainError, plain


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"The \texttt{grep} of \textsf{R} and \mbox{two words}", "The grep of R and two words"),
        (r"\verb|a_b| and \verb+c+", "a_b and c"),
        (r"\href{http://example.org/a_b}{The words}", "The words"),
        (r"\url{http://example.org/a_b?x=1%20y}", "http://example.org/a_b?x=1%20y"),
        (r"\foreignlanguage{german}{Deutsche Worte}", "Deutsche Worte"),
        (r"{\color{red} red} \textcolor{red}{words}", "red words"),
        (r"\textmd{a} \textup{b} \fbox{c} \title{d} \unheardof{e}", "a b c d e"),
        (r"M{\"u}ller’s {Axis} \& 50\% \emph{of} Allies", "Müller’s Axis & 50% of Allies"),
        (r"\parbox{3cm}{in a box} \raisebox{1pt}{raised}", "in a box raised"),
        ("A -- B", "A – B"),
    ],
)
def test_commands_go_and_their_words_stay(latex: str, text: str) -> None:
    assert plain(latex) == text


@pytest.mark.parametrize(
    "command", ["texttt", "textsf", "mbox", "emph", "textbf", "uline", "enquote", "date", "unknown"]
)
def test_the_words_inside_any_command_are_kept(command: str) -> None:
    assert plain(rf"before \{command}{{inside}} after") == "before inside after"


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        ("{" * 5000 + "x" + "}" * 5000, "too deeply nested"),
        (r"\begin{a}" * 2000, "too deeply nested"),
        (r"words \verb", "LaTeX that can't be read"),
        (r"words \href", "LaTeX that can't be read"),
        ("{x}" * LONGEST_TEXT, "longer than 20,000 characters"),
    ],
)
def test_what_the_library_cannot_read_is_told(latex: str, says: str) -> None:
    with pytest.raises(NotPlainError, match=says):
        plain(latex)
