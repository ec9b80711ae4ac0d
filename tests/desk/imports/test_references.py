"""Rows name each other by key, whatever the order of rows and files, and what is here too."""

from pathlib import Path

import pytest

from tests.desk.imports.importing import CHINA, STANCE, SYRIA, faults, only_fault, run, write
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tests.public.api.publishing import edit, publish_whole
from tracker.models import Actor, Issue, Stance

pytestmark = pytest.mark.django_db


def test_rows_may_name_rows_that_come_later(tmp_path: Path) -> None:
    write(
        tmp_path,
        issues="slug,title,parent\nc,C,b\nb,B,a\na,A,\n",
        actors=[
            {**CHINA, "memberships": [{"organization": "un", "source": "charter"}]},
            {"slug": "un", "kind": "organization", "name": "UN"},
        ],
        sources=[{"ref": "charter", "type": "treaty", "title": "Charter"}],
    )
    run(tmp_path)
    assert Issue.objects.get(slug="c").parent.parent.slug == "a"  # type: ignore[union-attr]
    membership = Actor.objects.get(slug="china").memberships.get()
    assert (membership.organization.slug, membership.source.ref) == ("un", "charter")


@pytest.mark.parametrize(
    ("issue", "actor"), [("Syria", "CHN"), ("syria", "People's Republic of China")]
)
def test_rows_name_others_of_the_same_import_by_code_or_name(
    tmp_path: Path, issue: str, actor: str
) -> None:
    SourceFactory(ref="article")
    write(
        tmp_path,
        issues=[SYRIA],
        actors=[{**CHINA, "iso3": "CHN", "aliases": ["People’s Republic of China"]}],
        stances=[{**STANCE, "issue": issue, "actor": actor}],
    )
    run(tmp_path)
    stance = Stance.objects.get()
    assert (stance.issue.slug, stance.actor.slug) == ("syria", "china")


@pytest.mark.parametrize(
    ("name", "code", "written"),
    [
        ("Bolivia", "BOL", "Bolivia (Plurinational State of)"),
        ("North Korea", "PRK", "Democratic People's Republic of Korea"),
        ("Türkiye", "TUR", "TURKEY"),
    ],
)
def test_a_row_names_a_state_as_the_united_nations_do(
    tmp_path: Path, name: str, code: str, written: str
) -> None:
    state = ActorFactory(name=name, iso3=code)
    SourceFactory(ref="article")
    write(tmp_path, issues=[SYRIA], stances=[{**STANCE, "actor": written}])
    run(tmp_path)
    assert Stance.objects.get().actor == state


def test_the_name_of_an_actor_comes_before_that_of_a_state(tmp_path: Path) -> None:
    ActorFactory(name="Türkiye", iso3="TUR")
    party = ActorFactory(name="Turkey")
    SourceFactory(ref="article")
    write(tmp_path, issues=[SYRIA], stances=[{**STANCE, "actor": "Turkey"}])
    run(tmp_path)
    assert Stance.objects.get().actor == party


def test_an_actor_can_be_a_member_of_itself_no_more_than_here(tmp_path: Path) -> None:
    actor = ActorFactory(slug="china", memberships=[{}])
    write(tmp_path, actors=[{"slug": "china", "memberships": [{"organization": "china"}]}])
    assert faults(tmp_path) == [("actors.csv", 2, "memberships 1: organization")]
    assert actor.memberships.exists()


def test_a_source_is_named_by_ref_id_or_address(tmp_path: Path) -> None:
    ActorFactory(slug="china")
    IssueFactory(slug="syria")
    first, second, third = (
        SourceFactory(ref="first"),
        SourceFactory(),
        SourceFactory(url="https://example.org/x?a=1"),
    )
    keys = [
        "first",
        second.pk,
        "http://www.example.org/x/?a=1&utm_source=mail",
        "https://example.org/new",
    ]
    new = {"type": "webpage", "title": "New", "url": "https://example.org/new"}
    write(
        tmp_path,
        sources=[new],
        stances=[{**STANCE, "citations": [{"source": key, "quote": "x"} for key in keys]}],
    )
    run(tmp_path)
    cited = [citation.source for citation in Stance.objects.get().citations.order_by("pk")]
    assert cited[:3] == [first, second, third]
    assert cited[3].title == "New"


def test_an_address_of_several_sources_names_none(tmp_path: Path) -> None:
    ActorFactory(slug="china")
    IssueFactory(slug="syria")
    SourceFactory(url="https://example.org/x", issued="2018")
    new = {"type": "webpage", "title": "New", "url": "https://example.org/x", "issued": "2019"}
    write(
        tmp_path,
        sources=[new],
        stances=[{**STANCE, "citations": [{"source": "https://example.org/x"}]}],
    )
    fault = only_fault(tmp_path)
    assert (fault.column, fault.value) == ("citations 1: source", "https://example.org/x")
    assert "several sources" in fault.text


def test_a_record_renamed_by_the_import_is_named_by_its_new_slug(tmp_path: Path) -> None:
    actor = ActorFactory(ref="c", slug="peking")
    SourceFactory(ref="article")
    write(tmp_path, actors="ref,slug\nc,china\n", issues=[SYRIA], stances=[STANCE])
    run(tmp_path)
    assert Stance.objects.get().actor == actor


@pytest.mark.parametrize("field", ["name", "short_name", "names", "aliases"])
def test_a_name_that_a_file_takes_from_an_actor_means_the_one_it_is_given_to(
    tmp_path: Path, field: str
) -> None:
    former = {"names": {"fr": "Zaire"}, "aliases": ["Zaire"]}.get(field, "Zaire")
    ActorFactory(**{"slug": "dr-congo", "name": "Congo", field: former})
    SourceFactory(ref="article")
    renamed = {
        "slug": "dr-congo",
        "kind": "state",
        "name": "DR Congo",
        "short_name": "",
        "names": "",
        "aliases": "",
    }
    write(tmp_path, actors=[renamed], issues=[SYRIA], stances=[{**STANCE, "actor": "Zaire"}])
    run(tmp_path)
    assert Stance.objects.get().actor.slug == "dr-congo"  # while nobody else is called so

    ActorFactory(slug="congo", name="Congo")
    Actor.objects.filter(slug="dr-congo").update(**{"name": "Congo", field: former})
    write(tmp_path, actors=[{**renamed, "slug": "zaire-province", "name": "Zaire"}, renamed])
    run(tmp_path)
    assert Stance.objects.get().actor.slug == "zaire-province"


def test_an_issue_that_a_file_renames_leaves_its_title_to_another(tmp_path: Path) -> None:
    ActorFactory(slug="china")
    IssueFactory(slug="ports", title="Ports")
    SourceFactory(ref="article")
    issues = [
        {"slug": "ports", "title": "Harbours"},
        {"slug": "sea-ports", "title": "Ports", "question": "Whose?"},
    ]
    write(tmp_path, issues=issues, stances=[{**STANCE, "issue": "Ports"}])
    run(tmp_path)
    assert Stance.objects.get().issue.slug == "sea-ports"


def test_who_renames_an_actor_and_gives_its_slug_away_is_told_what_to_do(tmp_path: Path) -> None:
    old = ActorFactory(slug="zaire", name="Zaire")
    renamed = {"id": old.pk, "version": 1, "slug": "dr-congo", "kind": "state", "name": "DR Congo"}
    new = {"id": "", "version": "", "slug": "zaire", "kind": "state", "name": "Zaire"}
    for rows in ([renamed, new], [new, renamed]):
        says = only_fault(write(tmp_path, actors=rows)).text
        assert says.startswith(
            "the row is the same record as line 2 of actors.csv; keep one of the two"
        )
        assert says.endswith("or give the actor that is new a slug of its own")


def test_a_slug_that_readers_once_saw_still_means_its_record(tmp_path: Path) -> None:
    actor = ActorFactory(slug="peking", name="Peking")
    publish_whole(actor)
    edit(actor, slug="zhongguo", name="Zhongguo")
    SourceFactory(ref="article")
    write(tmp_path, issues=[SYRIA], stances=[{**STANCE, "actor": "peking"}])
    run(tmp_path)
    assert Stance.objects.get().actor == actor


def test_an_issue_given_a_question_by_the_import_takes_stances(tmp_path: Path) -> None:
    IssueFactory(slug="syria", question="")
    ActorFactory(slug="china")
    SourceFactory(ref="article")
    write(tmp_path, issues=[{"slug": "syria", "question": "Should he stay?"}], stances=[STANCE])
    assert faults(tmp_path / "stances.csv") == [("stances.csv", 2, "issue")]
    run(tmp_path)
    assert Stance.objects.get().issue.question == "Should he stay?"


def test_a_thousand_unknown_keys_are_told_without_a_suggestion_each(tmp_path: Path) -> None:
    IssueFactory(slug="syria")
    rows = [
        {**STANCE, "ref": f"s-{n}", "actor": f"nobody-{n}", "citations": []} for n in range(1500)
    ]
    ActorFactory.create_batch(50)
    problems = faults(write(tmp_path, stances=rows))
    assert problems[-1] == ("stances.csv", 1001, "actor")
