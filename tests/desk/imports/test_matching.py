"""Which record a row is: by id if it is known here, else by ref, else by slug or address;
never by what it says.
"""

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from tests.desk.imports.importing import (
    ARTICLE,
    CHINA,
    CITATION,
    MEETING,
    RUSSIA,
    STANCE,
    WORLD,
    faults,
    only_fault,
    outcomes,
    planned,
    run,
    write,
)
from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tests.publishing.acts import edited, published
from tracker.desk import imports
from tracker.desk.imports import Action
from tracker.models import Actor, Meeting, Source, Stance

pytestmark = pytest.mark.django_db
PAGE = {"type": "webpage", "title": "A page", "url": "https://example.org/a", "issued": "2019"}


def test_a_source_is_known_by_a_day_as_the_site_writes_it(tmp_path: Path) -> None:
    row = {**PAGE, "issued": "4 February 2022", "accessed_on": "5 Feb 2022"}
    stance = {
        **STANCE,
        "confirmed_on": "",
        "citations": [{"source": PAGE["url"]}],
        "since": "Dec 2018",
    }
    write(tmp_path, sources=[row], actors=[CHINA], issues=WORLD["issues"], stances=[stance])
    run(tmp_path)
    run(tmp_path)
    source, stance_here = Source.objects.get(), Stance.objects.get()
    assert (source.issued, str(source.accessed_on)) == ("2022-02-04", "2022-02-05")
    assert (stance_here.since, str(stance_here.confirmed_on)) == ("2018-12", "2022-02-04")


def test_the_id_comes_before_the_ref_and_the_ref_before_the_slug(tmp_path: Path) -> None:
    first, second = ActorFactory(ref="first", slug="one"), ActorFactory(ref="second", slug="two")
    run(write(tmp_path, actors=f"id,version,slug,name\n{first.pk},1,eins,By id\n"))
    run(write(tmp_path, actors="ref,slug,name\nsecond,zwei,By ref\n"))
    assert Actor.objects.values_list("ref", "slug", "name").get(pk=first.pk) == (
        "first",
        "eins",
        "By id",
    )
    assert Actor.objects.values_list("ref", "slug", "name").get(pk=second.pk) == (
        "second",
        "zwei",
        "By ref",
    )
    run(write(tmp_path, actors="ref,slug,name\nfirst,eins,By slug\n"))
    assert Actor.objects.values_list("ref", "name").get(pk=first.pk) == ("first", "By slug")
    assert Actor.objects.count() == 2


@pytest.mark.parametrize("key", ["id", "slug"])
@pytest.mark.parametrize("ref", ["another", ""])
def test_a_record_of_another_tracker_takes_none_over(tmp_path: Path, key: str, ref: str) -> None:
    here = ActorFactory(ref="here", slug="one", name="Here")
    known = here.pk if key == "id" else "one"
    fault = only_fault(write(tmp_path, actors=f"{key},ref,name\n{known},{ref},Elsewhere\n"))
    assert fault.column == "ref"
    assert f"actor {here.pk} has the ref “here”; write that one" in str(fault)
    with pytest.raises(imports.ImportRefusedError):
        run(tmp_path)
    here.refresh_from_db()
    assert (here.ref, here.name) == ("here", "Here")


@pytest.mark.parametrize("column", ["ref", "slug"])
def test_an_id_and_a_key_of_two_records_are_told_with_both(tmp_path: Path, column: str) -> None:
    first, second = (
        ActorFactory(ref="first", slug="first"),
        ActorFactory(ref="second", slug="second"),
    )
    texts = [
        str(fault)
        for fault in planned(write(tmp_path, actors=f"id,{column}\n{first.pk},second\n")).faults
    ]
    assert (
        f"it is that of actor {second.pk}, and the row is actor {first.pk}; correct it" in texts[0]
    )


@pytest.mark.parametrize("column", ["ref", "slug"])
def test_a_key_under_which_another_record_was_public_is_refused(
    tmp_path: Path, column: str
) -> None:
    former, other = ActorFactory(ref="then", slug="then"), ActorFactory(ref="other", slug="other")
    published(former)
    edited(former, ref="now", slug="now")
    head, key = {"ref": ("ref,slug", "then,new"), "slug": ("slug", "then")}[column]

    def fault_of(row: str) -> str:
        first, *_ = planned(write(tmp_path, actors=f"id,version,{head},kind,name\n{row}\n")).faults
        return str(first).partition(";")[0]

    says = f"actors.csv, line 2, {column}: “then”: it is that of actor {former.pk}, and the row is"
    assert fault_of(f",,{key},state,New") == f"{says} a new one"
    assert fault_of(f"{other.pk},{other.version},{key},state,Other") == f"{says} actor {other.pk}"


def test_a_slug_of_its_own_that_was_public_is_taken_back(tmp_path: Path) -> None:
    former = ActorFactory(ref="one", slug="then")
    published(former)
    edited(former, slug="now")
    run(write(tmp_path, actors="ref,slug\none,then\n"))
    assert Actor.objects.get().slug == "then"


def test_a_record_without_a_ref_may_be_given_one(tmp_path: Path) -> None:
    actor = ActorFactory(ref=None, slug="one")
    run(write(tmp_path, actors="slug,ref\none,given\n"))
    run(write(tmp_path, actors="ref,slug\ngiven,other\n"))
    assert Actor.objects.get(ref="given", slug="other") == actor


@pytest.mark.parametrize(
    ("column", "says"), [("ref", "which has no ref"), ("slug", "which has the slug “one”")]
)
def test_an_id_alone_takes_over_no_record(tmp_path: Path, column: str, says: str) -> None:
    """It may be another tracker's; an export of this desk has the version."""
    here = ActorFactory(ref=None, slug="one", name="Here")
    fault = only_fault(write(tmp_path, actors=f"id,{column},name\n{here.pk},x-5,Elsewhere\n"))
    assert (fault.code, fault.column) == ("taken", column)
    assert str(fault).endswith(
        f"only its id makes the row actor {here.pk}, {says}; give the version, as an export "
        f"of this desk has it; or "
        "leave out the id"
    )
    run(
        write(
            tmp_path, actors=f"id,version,{column},name\n{here.pk},{here.version},x-5,Elsewhere\n"
        )
    )
    here.refresh_from_db()
    assert (getattr(here, column), here.name) == ("x-5", "Elsewhere")


def test_an_id_with_a_key_of_its_record_needs_no_version(tmp_path: Path) -> None:
    here = ActorFactory(ref=None, slug="one")
    run(write(tmp_path, actors=f"id,slug,ref\n{here.pk},one,given\n"))
    run(write(tmp_path, actors=f"id,slug,ref\n{here.pk},two,given\n"))
    here.refresh_from_db()
    assert (here.slug, here.ref) == ("two", "given")


def test_what_is_written_in_pieces_is_the_same_and_names_the_same(tmp_path: Path) -> None:
    actor = ActorFactory(ref="china", name="Китай", aliases=["Ålesund"])
    row = {
        "ref": "china",
        "slug": actor.slug,
        "kind": actor.kind,
        "name": "Китай",
        "aliases": '["Ålesund"]',
    }
    paths = write(tmp_path, actors=[{name: normalize("NFD", text) for name, text in row.items()}])

    assert [outcome.action for outcome in outcomes(paths)] == [Action.SAME]


@pytest.mark.parametrize("pk", ["4711", str(2**31), str(10**17)])
def test_an_id_that_is_not_known_here_is_passed_over_and_never_written(
    tmp_path: Path, pk: str
) -> None:
    known = ActorFactory(ref="known")
    run(
        write(
            tmp_path,
            actors=[
                {"id": pk, "ref": "known", "name": "Named", **{"slug": known.slug, "kind": "state"}}
            ],
        )
    )
    run(write(tmp_path, actors=[{"id": pk, **CHINA}]))
    assert Actor.objects.get(ref="known").name == "Named"
    assert Actor.objects.get(slug="china").pk != int(pk)


def test_an_address_is_kept_without_what_tracks_readers(tmp_path: Path) -> None:
    run(write(tmp_path, sources=[{**PAGE, "url": "https://example.org/b?id=7&fbclid=x#part"}]))

    assert Source.objects.get().url == "https://example.org/b?id=7#part"


def test_an_address_is_one_however_its_letters_were_copied(tmp_path: Path) -> None:
    run(write(tmp_path, sources=[{**PAGE, "url": "https://example.org/中国"}]))
    run(write(tmp_path, sources=[{**PAGE, "url": "https://example.org/%E4%B8%ad%e5%9b%bd"}]))

    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"url": "http://WWW.example.org/a/?utm_source=x#part"}, True),
        ({"title": "Renamed"}, True),
        ({"issued": "2020"}, False),
        ({"archive_url": "https://archive.example.org/a"}, False),
        ({"url": "https://example.org/b"}, False),
    ],
)
def test_a_source_without_a_ref_is_known_by_address_day_and_copy(
    tmp_path: Path, changed: dict[str, str], is_same: bool
) -> None:
    run(write(tmp_path, sources=[PAGE]))
    run(write(tmp_path, sources=[{**PAGE, **changed}]))
    assert Source.objects.count() == (1 if is_same else 2)


def test_two_spellings_of_one_address_in_a_file_are_one_too_many(tmp_path: Path) -> None:
    write(tmp_path, sources=[PAGE, {**PAGE, "url": "http://www.example.org/a/"}])
    assert faults(tmp_path) == [("sources.csv", 3, "url")]


def test_a_source_given_the_address_of_another_is_told(tmp_path: Path) -> None:
    SourceFactory(url=PAGE["url"], issued="2019")
    SourceFactory(ref="other")
    write(
        tmp_path,
        sources=[{"ref": "other", "url": PAGE["url"], "issued": "2019", "archive_url": ""}],
    )
    assert faults(tmp_path) == [("sources.csv", 2, "url")]


def test_sources_with_neither_ref_nor_address_are_never_taken_for_one(tmp_path: Path) -> None:
    book = {"type": "book", "title": "A book"}
    run(write(tmp_path, sources=[book, book]))
    assert Source.objects.count() == 2


@pytest.mark.parametrize("noun", ["stances", "meetings"])
def test_claims_and_meetings_with_neither_id_nor_ref_are_always_new(
    tmp_path: Path, noun: str
) -> None:
    row: dict[str, Any] = {**(STANCE if noun == "stances" else MEETING), "ref": ""}
    write(tmp_path, **{**WORLD, noun: [row, row]})
    run(tmp_path)
    run(tmp_path)
    assert (Stance if noun == "stances" else Meeting).objects.count() == 4


def test_files_with_ids_of_another_tracker_find_each_other(tmp_path: Path) -> None:
    citation = {**CITATION, "source": 4711}
    write(
        tmp_path,
        actors=[CHINA, RUSSIA],
        issues=WORLD["issues"],
        sources=[{**ARTICLE, "id": 4711, "ref": ""}],
        stances=[{**STANCE, "id": 12, "citations": [citation]}],
    )
    run(tmp_path)
    assert Stance.objects.get().citations.get().source == Source.objects.get()


def test_a_row_may_change_a_record_that_is_known_by_id_alone(tmp_path: Path) -> None:
    stance = StanceFactory()
    run(write(tmp_path, stances=f"id,confidence\n{stance.pk},high\n"))
    stance.refresh_from_db()
    assert stance.confidence == "high"
    assert [outcome.action for outcome in outcomes(tmp_path)] == [Action.SAME]
