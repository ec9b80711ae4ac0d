"""BibTeX, BibLaTeX, RIS and CSL-JSON as Zotero writes them, read as sources."""

from typing import Any

import pytest

from tracker.public.formats import bibtex, ris
from tracker.public.formats.csl import source
from tracker.public.formats.rows import UnreadableError

PAGE = {
    "type": "webpage",
    "title": "How China and Russia Work Together: 50% of the Time",
    "english_title": "",
    "authors": [
        {"family": "Stokes", "given": "Jacob"},
        {"literal": "United States Institute of Peace"},
    ],
    "publisher": "",
    "container_title": "United States Institute of Peace",
    "issued": "2019-06-05",
    "url": "https://www.usip.org/a_b?x=1%20y",
    "archive_url": "",
    "accessed_on": "2019-07-01",
    "language": "en",
    "keywords": ["China", "Russia"],
    "doi": "",
}
ARTICLE = {
    "type": "article-journal",
    "title": "Müller’s Axis & Allies",
    "english_title": "",
    "authors": [
        {"family": "Müller", "given": "Jürgen"},
        {"family": "van der Berg", "given": "Anna"},
    ],
    "publisher": "Oxford University Press",
    "container_title": "International Affairs",
    "issued": "2019-03",
    "url": "https://doi.org/10.1093/ia/iiz001",
    "archive_url": "",
    "accessed_on": "",
    "language": "de",
    "keywords": [],
    "doi": "10.1093/ia/iiz001",
}


def read_bibtex(text: str) -> list[dict[str, Any]]:
    return [item for item in bibtex.read_bibtex(text) if not is_problem(item)]


def read_ris(text: str) -> list[dict[str, Any]]:
    return [item for item in ris.read_ris(text) if not is_problem(item)]


def is_problem(item: Any) -> bool:
    if isinstance(item, UnreadableError):
        raise item
    return False


# as Zotero 7 exports them: “BibTeX”, “BibLaTeX”, “RIS”, “CSL JSON”
BIBTEX = r"""
@misc{stokes_how_2019,
	title = {How {China} and {Russia} {Work} {Together}: 50\% of the {Time}},
	url = {https://www.usip.org/a_b?x=1%20y},
	abstract = {An abstract, with a brace: \{.},
	language = {en},
	urldate = {2019-07-01},
	journal = {United States Institute of Peace},
	author = {Stokes, Jacob and {United States Institute of Peace}},
	month = jun,
	year = {2019},
	day = {5},
	keywords = {China, Russia},
	file = {Snapshot:/x/y.html:text/html},
}

@article{muller_axis_2019,
	title = {M{\"u}ller’s {Axis} \& {Allies}},
	volume = {95},
	issn = {0020-5850},
	doi = {10.1093/ia/iiz001},
	number = {2},
	journal = {International Affairs},
	publisher = {Oxford University Press},
	author = {M{\"u}ller, J{\"u}rgen and van der Berg, Anna},
	month = mar,
	year = {2019},
	language = {de},
	pages = {1--20},
}
"""
BIBLATEX = r"""
@online{stokes_how_2019,
	title = {How China and Russia Work Together: 50\% of the Time},
	url = {https://www.usip.org/a_b?x=1%20y},
	titleaddon = {United States Institute of Peace},
	journaltitle = {United States Institute of Peace},
	author = {Stokes, Jacob and {United States Institute of Peace}},
	urldate = {2019-07-01},
	date = {2019-06-05},
	langid = {english},
	keywords = {China, Russia},
}

@article{muller_axis_2019,
	title = {Müller’s Axis \& Allies},
	doi = {10.1093/ia/iiz001},
	journaltitle = {International Affairs},
	publisher = {Oxford University Press},
	author = {Müller, Jürgen and van der Berg, Anna},
	date = {2019-03},
	langid = {german},
}
"""
RIS = """TY  - ELEC
TI  - How China and Russia Work Together: 50% of the Time
AU  - Stokes, Jacob
AU  - United States Institute of Peace
T2  - United States Institute of Peace
AB  - An abstract.
DA  - 2019/06/05/
PY  - 2019
LA  - en
UR  - https://www.usip.org/a_b?x=1%20y
Y2  - 2019/07/01/12:30:00
KW  - China
KW  - Russia
ER  -\x20

TY  - JOUR
TI  - Müller’s Axis & Allies
AU  - Müller, Jürgen
AU  - van der Berg, Anna
T2  - International Affairs
PB  - Oxford University Press
DA  - 2019/03//
PY  - 2019
DO  - 10.1093/ia/iiz001
LA  - German
ER  -\x20
"""
CSL: list[dict[str, Any]] = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "webpage",
        "container-title": "United States Institute of Peace",
        "language": "en",
        "title": "How China and Russia <i>Work Together</i>: 50% of the Time",
        "URL": "https://www.usip.org/a_b?x=1%20y",
        "author": [
            {"family": "Stokes", "given": "Jacob"},
            {"literal": "United States Institute of Peace"},
        ],
        "accessed": {"date-parts": [["2019", 7, 1]]},
        "issued": {"date-parts": [["2019", 6, 5]]},
        "keyword": "China; Russia",
    },
    {
        "type": "article-journal",
        "title": "Müller’s Axis & Allies",
        "DOI": "10.1093/ia/iiz001",
        "container-title": "International Affairs",
        "publisher": "Oxford University Press",
        "author": [
            {"family": "Müller", "given": "Jürgen"},
            {"family": "van der Berg", "given": "Anna"},
        ],
        "issued": {"date-parts": [[2019, 3]]},
        "language": "German",
    },
]


@pytest.mark.parametrize(
    "items",
    [read_bibtex(BIBTEX), read_bibtex(BIBLATEX), read_ris(RIS), CSL],
    ids=["bibtex", "biblatex", "ris", "csl"],
)
def test_the_same_two_items_come_out_the_same_in_each_format(items: list[dict[str, Any]]) -> None:
    assert [source(item) for item in items] == [PAGE, ARTICLE]


@pytest.mark.parametrize(
    ("issued", "edtf"),
    [
        ({"date-parts": [[2019]]}, "2019"),
        ({"date-parts": [[2019, 6, 1], [2019, 6, 5]]}, "[2019-06-01..2019-06-05]"),
        ({"date-parts": [[2019, 6]], "circa": True}, "2019-06~"),
        ({"raw": "2019-06-05"}, "2019-06-05"),
        ({"literal": "Spring 2019"}, "Spring 2019"),
        ({}, ""),
        (None, ""),
        ("2019/06/05", "2019-06-05"),
        ("2019-6-5", "2019-06-05"),
        ("2019-06-01/2019-06-05", "[2019-06-01..2019-06-05]"),
    ],
)
def test_a_date_becomes_edtf_or_stays_as_written_to_be_told(issued: Any, edtf: str) -> None:
    assert source({"issued": issued})["issued"] == edtf


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Xi Jinping", {"given": "Xi", "family": "Jinping"}),
        ("de Gaulle, Charles", {"family": "de Gaulle", "given": "Charles"}),
        ("Charles de Gaulle", {"family": "de Gaulle", "given": "Charles"}),
        ("Doe, Jr., John", {"family": "Doe", "given": "John", "suffix": "Jr."}),
        ("{Ministry of Trade and Industry}", {"literal": "Ministry of Trade and Industry"}),
        ("Plato", {"family": "Plato"}),
    ],
)
def test_a_name_of_bibtex_is_taken_apart(written: str, name: dict[str, str]) -> None:
    (item,) = read_bibtex(f"@book{{x, author = {{{written} and others}}}}")
    assert item["author"] == [name]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@techreport{x, title={T}}", "report"),
        ("@misc{x, title={T}}", "document"),
        ("@article{x, title={T}, entrysubtype={newspaper}}", "article-newspaper"),
        ("@unheardof{x, title={T}}", "document"),
    ],
)
def test_a_type_of_bibtex_is_one_of_csl(entry: str, kind: str) -> None:
    assert source(read_bibtex(entry)[0])["type"] == kind


@pytest.mark.parametrize("date", ["2022/", "2022/.."])
def test_an_open_date_of_bibtex_is_the_day_on_which_it_begins(date: str) -> None:
    (item,) = read_bibtex(f"@misc{{x, title={{T}}, date={{{date}}}}}")

    assert source(item)["issued"] == "2022"


def test_two_entries_of_one_key_are_two() -> None:
    assert [item["title"] for item in read_bibtex("@book{x, title={A}}\n@book{x, title={B}}")] == [
        "A",
        "B",
    ]


@pytest.mark.parametrize(
    ("read", "text"), [(read_bibtex, "@book{x, title={A}"), (read_ris, "TY  - JOUR\nTI  - A\n")]
)
def test_what_is_broken_is_told_and_nothing_passed_over(read: Any, text: str) -> None:
    with pytest.raises(UnreadableError, match="can be read"):
        read(text)
