"""LaTeX of BibTeX's fields as plain text:
no word is lost, and nothing takes the square of its length.
"""

import pytest

from tests.public.formats.written import source, written
from tracker.public.formats import bibtex
from tracker.public.formats.bibtex import LONGEST_TEXT, NotPlainError, plain
from tracker.values.nouns import Noun


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
    "command", ["texttt", "textsf", "mbox", "emph", "textbf", "uline", "date", "unknown"]
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


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("``The Axis'' of Evil", "“The Axis” of Evil"),
        ("{``A''} and B's", "“A” and B's"),
        ("``A `b' c''", "“A ‘b’ c”"),
        ("`A' of Bill's", "‘A’ of Bill's"),
        (r"\enquote{A} \enquote*{b}", "“A” ‘b’"),
        (r"\foreignquote{german}{Achse} \textquote[p. 5]{A}", "“Achse” “A”"),
        (r"\glqq{}Achse\grqq{} \flqq{}Axe\frqq{} \lq a\rq", "„Achse“ «Axe» ‘a’"),
        ("It's 5''", "It's 5''"),
    ],
)
def test_quotes_of_tex_are_quotes(latex: str, text: str) -> None:
    assert plain(latex) == text


@pytest.mark.parametrize("title", ["5'' `a' ``b'' ''' c", "A -- B --- C", "`"])
def test_quotes_and_dashes_are_read_as_they_were_written(title: str) -> None:
    text = written(bibtex.write, Noun.SOURCE, source(title=title))

    [item] = bibtex.read_bibtex(text)
    assert isinstance(item, dict)
    assert item["title"] == title
