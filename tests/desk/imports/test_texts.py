"""Texts that no record may have, and keys that mean another:
refused where they are new, let be where they are here.
"""

from pathlib import Path

import pytest

from tests.desk.admin.lists.test_exporting import export
from tests.desk.imports.importing import (
    ARTICLE,
    CHINA,
    RUSSIA,
    STANCE,
    SYRIA,
    WORLD,
    faults,
    only_fault,
    outcomes,
    run,
    write,
)
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.desk.imports import Action
from tracker.models import Issue, Stance

pytestmark = pytest.mark.django_db


def test_a_line_break_in_a_title_is_refused_with_its_remedy(tmp_path: Path) -> None:
    write(tmp_path, sources=[{**ARTICLE, "title": "An\x1barticle\nin two lines"}])
    assert str(only_fault(tmp_path)) == (
        "sources.csv, line 2, title: “An\\u001barticle in two lines”: it has U+001B, U+000A, "
        "which no line of text may have; remove it, or write a blank instead"
    )


def test_each_text_is_looked_at(tmp_path: Path) -> None:
    china = {**CHINA, "name": "Ch\x07ina", "aliases": ["a", "b\u202e"], "names": {"zh": "\uffff"}}
    source = {**ARTICLE, "authors": [{"family": "A\nB"}], "keywords": ["a\x00b", "c\r"]}
    citation = {"source": "article", "locator": "p.\n3", "quote": "one\r\ntwo\x0b"}
    stance = {**STANCE, "summary": "one\rtwo", "citations": [citation]}
    write(
        tmp_path,
        actors=[china, RUSSIA],
        issues=[SYRIA],
        sources=[{**source, "keywords": ["c\r"]}],
        stances=[stance],
    )
    assert faults(tmp_path) == [
        ("actors.csv", 2, "name"),
        ("actors.csv", 2, "names"),
        ("actors.csv", 2, "aliases"),
        ("sources.csv", 2, "authors"),
        ("sources.csv", 2, "keywords"),
        ("stances.csv", 2, "citations 1: locator"),
        ("stances.csv", 2, "citations 1: quote"),
        ("stances.csv", 2, "summary"),
    ]


def test_a_text_of_many_lines_has_them_as_line_feeds(tmp_path: Path) -> None:
    citation = {"source": "article", "quote": "one\r\n\ttwo"}
    run(
        write(
            tmp_path,
            **{
                **WORLD,
                "stances": [{**STANCE, "summary": "one\r\n\ttwo", "citations": [citation]}],
            },
        )
    )
    stance = Stance.objects.get()
    assert (stance.summary, stance.citations.get().quote) == ("one\n\ttwo", "one\n\ttwo")
    assert {outcome.action for outcome in outcomes(tmp_path)} == {Action.SAME}


def test_what_is_here_already_is_no_change_and_no_fault(tmp_path: Path) -> None:
    """It is refused once somebody writes it anew."""
    source = SourceFactory(ref="4711", title="two\nlines", authors=[{"family": "a\x1b"}])
    IssueFactory(slug="2019", title="a\u202eb", summary="one\r\ntwo")
    StanceFactory(
        summary="\x0b.", citations=[{"source": source, "locator": "a\nb", "quote": "one\r\ntwo"}]
    )
    assert {outcome.action for outcome in outcomes(export(tmp_path))} == {Action.SAME}
    write(tmp_path, issues="slug,title\n2019,a\u202ec\n")
    assert faults(tmp_path / "issues.csv") == [("issues.csv", 2, "title")]


@pytest.mark.parametrize(("column", "written"), [("slug", "2019"), ("ref", "7"), ("ref", "007")])
def test_a_key_of_digits_alone_is_refused(tmp_path: Path, column: str, written: str) -> None:
    """References would take it for the number of another record."""
    actor = ActorFactory(ref=None)
    write(tmp_path, actors=[{**CHINA, column: written}])
    assert "digits alone are the number of a record; add a letter or a hyphen" in str(
        only_fault(tmp_path)
    )
    write(tmp_path, actors=f"id,version,{column}\n{actor.pk},{actor.version},{written}\n")
    assert faults(tmp_path) == [("actors.csv", 2, column)]


@pytest.mark.parametrize("slug", ["2019-2020", "g20", "20th-congress"])
def test_digits_may_be_in_a_key(tmp_path: Path, slug: str) -> None:
    run(write(tmp_path, issues=[{**SYRIA, "slug": slug}]))
    assert Issue.objects.get().slug == slug
