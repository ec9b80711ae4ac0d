"""What people write in cells is understood:
names and codes, labels of terms, lists and citations as plain text.
"""

from pathlib import Path

import pytest

from tests.desk.imports.importing import run, write
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.desk import imports
from tracker.desk.imports.cells import typed
from tracker.desk.records.fields import layout
from tracker.models import Actor, Issue, Meeting, Source, Stance
from tracker.models.fields import TermsField
from tracker.schema.codebook import used
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

pytestmark = pytest.mark.django_db
STANCES = "ref,actor,issue,position,basis,confidence,citations\n"


@pytest.fixture
def world(db):
    """Return China, which has many names; Russia, an issue, and two sources are here too."""
    ActorFactory(slug="russia", name="Russia", iso3="RUS", names={"ru": "Россия"})
    IssueFactory(slug="arctic-ports", title="Ports in the Arctic", question="Should they be open?")
    SourceFactory(ref="usip-2019-06"), SourceFactory(ref="undoc-1", url="https://example.org/undoc")
    return ActorFactory(
        slug="china",
        name="China",
        iso3="CHN",
        short_name="PRC",
        wikidata_id="Q148",
        ref="actor-china",
        names={"zh": "中国", "ru": "Китай"},
        aliases=["People’s Republic of China"],
    )


def stance(tmp_path: Path, **cells: str) -> Stance:
    """Import one stance, and return it."""
    values = {
        "actor": "china",
        "issue": "arctic-ports",
        "position": "supports",
        "citations": "usip-2019-06",
    } | cells
    row = ",".join(f'"{values[name]}"' for name in ("actor", "issue", "position"))
    run(write(tmp_path, stances=f'{STANCES}x,{row},action,low,"{values["citations"]}"\n'))
    return Stance.objects.get(ref="x")


@pytest.mark.parametrize(
    "name",
    [
        "china",
        "China",
        "CHINA",
        "CHN",
        "chn",
        "PRC",
        "Q148",
        "actor-china",
        "中国",
        "Китай",
        "people's republic of china",
    ],
)
def test_an_actor_is_meant_by_any_name_or_code(tmp_path, world, name):
    assert stance(tmp_path, actor=name).actor == world


def test_an_issue_is_meant_by_its_title_and_another_actor_by_its_own_name(tmp_path, world):
    made = stance(tmp_path, issue="ports in the ARCTIC", actor="Россия")

    assert (made.issue.slug, made.actor.slug) == ("arctic-ports", "russia")


def test_a_slug_comes_before_a_code_and_a_code_before_a_name(tmp_path, world):
    ActorFactory(slug="chn", name="A slug"), ActorFactory(slug="x", name="RUS", kind="organization")

    assert stance(tmp_path, actor="chn").actor.slug == "chn"
    assert stance(tmp_path, actor="RUS").actor.slug == "russia"


def test_what_two_are_called_is_refused_with_both(tmp_path, world):
    (
        ActorFactory(slug="congo", name="Congo"),
        ActorFactory(slug="dr-congo", name="DR Congo", aliases=["Congo"]),
    )

    with pytest.raises(
        imports.ImportRefusedError, match="several actors are called so; write congo or dr-congo"
    ):
        stance(tmp_path, actor="Congo")
    assert not Stance.objects.exists()


def test_what_nothing_is_called_is_refused(tmp_path, world):
    for name in ("Atlantis", "§", "99"):
        with pytest.raises(
            imports.ImportRefusedError, match="there is no actor with this slug, code or name"
        ):
            stance(tmp_path, actor=name)


def test_what_was_merged_means_what_it_became(tmp_path, world):
    ActorFactory(slug="cathay", name="Cathay", merged_into=world)

    assert stance(tmp_path, actor="Cathay").actor == world


OF_TERMS = [
    field
    for noun in Noun
    for of in (layout(noun), *layout(noun).parts.values())
    for field in of.fields.values()
    if field.vocabulary
]


@pytest.mark.parametrize("field", OF_TERMS, ids=lambda field: field.name)
def test_every_term_is_understood_by_its_code_and_its_label_in_any_case(field):
    for term in field.vocabulary:
        for text in (term.value, term.label, term.label.upper(), f" {term.label.capitalize()} "):
            value = typed(field, text)
            assert value == ([term.value] if isinstance(field, TermsField) else term.value)
            assert field.take(value) == value


def test_every_vocabulary_of_the_codebook_is_that_of_a_field():
    """But that of what editions do."""
    assert {field.vocabulary for field in OF_TERMS} == used().keys() - {Operation}


def test_terms_are_written_by_their_labels(tmp_path, world):
    assert stance(tmp_path, position="Strongly opposes").position == "strongly_opposes"
    run(
        write(
            tmp_path,
            issues="slug,themes,region\narctic-ports,Nuclear weapons; human_rights,Central Asia\n",
        )
        / "issues.csv"
    )
    issue = Issue.objects.get()
    assert (issue.themes, issue.region) == (["nuclear_weapons", "human_rights"], "central_asia")
    with pytest.raises(imports.ImportRefusedError, match="it is no term of the codebook"):
        stance(tmp_path, position="Strongly agrees")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("usip-2019-06", [("usip-2019-06", "", "")]),
        (
            "usip-2019-06 p. 4; undoc-1 § 3",
            [("usip-2019-06", "page", "4"), ("undoc-1", "section", "3")],
        ),
        ("usip-2019-06 pp. 4–6, 9", [("usip-2019-06", "page", "4–6, 9")]),
        ("usip-2019-06 p.4", [("usip-2019-06", "page", "4")]),
        (
            "usip-2019-06  sec. Venezuela\nundoc-1 para. 3;",
            [("usip-2019-06", "section", "Venezuela"), ("undoc-1", "paragraph", "3")],
        ),
        (
            "usip-2019-06 ch. 2; undoc-1 Art. 5",
            [("usip-2019-06", "chapter", "2"), ("undoc-1", "article-locator", "5")],
        ),
        ("usip-2019-06 Venezuela, paragraph 2", [("usip-2019-06", "", "Venezuela, paragraph 2")]),
        ("usip-2019-06 paragraph 2", [("usip-2019-06", "paragraph", "2")]),
        ("usip-2019-06 4", [("usip-2019-06", "", "4")]),
        ("http://www.example.org/undoc/ p. 1", [("undoc-1", "page", "1")]),
    ],
)
def test_citations_are_written_as_plain_text(tmp_path, world, text, cited):
    citations = stance(tmp_path, citations=text).citations.order_by("pk")

    assert list(citations.values_list("source__ref", "locator_label", "locator")) == cited
    assert set(citations.values_list("relation", flat=True)) == {"supports"}


def test_a_source_is_cited_by_its_number_and_an_unknown_one_is_named(tmp_path, world):
    number = Source.objects.get(ref="undoc-1").pk
    assert stance(tmp_path, citations=f"{number} p. 1").citations.get().source_id == number
    with pytest.raises(imports.ImportRefusedError, match="citations 2: source: “nowhere”"):
        stance(tmp_path, citations="undoc-1 p. 1; nowhere p. 2")


def test_other_parts_and_lists_are_written_as_plain_text(tmp_path, world):
    talks = "Talks,Envoy talks,held,2019-06-05,China (Host); Россия,arctic-ports"
    meetings = f"title,kind,status,since,participants,issues\n{talks}\n"
    actors = (
        'slug,kind,name,names,aliases,memberships\nx,Armed group,X,"zh: 乙; ru: Икс","Ex; The '
        'X","China (branch)"\n'
    )
    sources = 'ref,type,title,authors,keywords\nx,report,T,"Stokes, Jacob; Xinhua",Arctic; ports\n'
    run(write(tmp_path, meetings=meetings, actors=actors, sources=sources))

    taking = Meeting.objects.get().participants.order_by("pk").values_list("actor__slug", "role")
    assert list(taking) == [("china", "host"), ("russia", "participant")]
    assert Meeting.objects.get().issues.get().issue.slug == "arctic-ports"
    actor = Actor.objects.get(slug="x")
    assert (actor.names, actor.aliases, actor.kind) == (
        {"zh": "乙", "ru": "Икс"},
        ["Ex", "The X"],
        "armed_group",
    )
    assert actor.memberships.values_list("organization__slug", "role").get() == ("china", "branch")
    source = Source.objects.get(ref="x")
    assert source.authors == [{"family": "Stokes", "given": "Jacob"}, {"literal": "Xinhua"}]
    assert source.keywords == ["Arctic", "ports"]
