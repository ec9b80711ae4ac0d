"""Acts in the admin, and in files: a text with who signed it, and all that makes one none."""

from pathlib import Path

import pytest

from tests.desk.admin.conftest import address, errors, parts
from tests.desk.imports.importing import ARTICLE, CHINA, CITATION, RUSSIA, faults, run, write
from tests.factories import ActFactory, ActorFactory, IssueFactory, SourceFactory
from tracker.models import Act

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/act/add/"
BOTH = [{"actor": "china", "role": "signatory"}, {"actor": "russia", "role": "signatory"}]
ACT = {
    "ref": "act-1",
    "title": "A statement",
    "kind": "joint_statement",
    "status": "done",
    "since": "2019-06-05",
    "until": "",
    "text": "article",
    "participants": BOTH,
    "instruments": ["diplomatic"],
    "citations": [CITATION],
}
WORLD = {"actors": [CHINA, RUSSIA], "sources": [ARTICLE]}


def test_a_joint_statement_is_added_with_its_text_and_two_signatories(analyst):
    one, other, person = ActorFactory(), ActorFactory(), ActorFactory(kind="person")
    issue, text = IssueFactory(), SourceFactory()

    answer = analyst.post(
        ADD,
        {
            **{
                "title": "Statement",
                "kind": "joint_statement",
                "status": "done",
                "since": "2019-06-05",
            },
            **{"text": text.pk, "instruments": ["diplomatic", "legal"]},
            **parts(
                "participants",
                {"actor": one.pk, "represented_by": person.pk, "role": "signatory"},
                {"actor": other.pk, "role": "signatory"},
            ),
            **parts("issues", {"issue": issue.pk}),
            **parts(
                "citations", {"source": text.pk, "relation": "supports", "quote": "No limits."}
            ),
        },
    )

    assert answer.status_code == 302
    act = Act.objects.get()
    assert (act.text, act.instruments) == (text, ["diplomatic", "legal"])
    assert [each.role for each in act.participants.all()] == ["signatory", "signatory"]


@pytest.mark.parametrize("participants", [[], [{"role": "participant"}]])
def test_one_who_acts_alone_does_nothing_together(analyst, participants):
    rows = [{"actor": ActorFactory().pk, **each} for each in participants]

    form = {
        "title": "Drill",
        "kind": "exercise",
        "status": "planned",
        "since": "1999",
        **parts("participants", *rows),
    }
    by_field = errors(analyst.post(ADD, {**form, **parts("issues"), **parts("citations")}))

    assert "name at least two participants" in str(by_field["__all__"])
    assert by_field["status"] == [
        "“planned”: its last day has passed, so it isn’t to come; correct the day, or choose "
        "“done” or “cancelled”"
    ]
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("words", "is_text", "is_taken"), [(26, True, False), (25, True, True), (26, False, True)]
)
def test_little_of_the_text_is_quoted_and_more_of_other_sources(
    analyst, filled, words, is_text, is_taken
):
    act = ActFactory(text=SourceFactory(), citations=[{"quote": "once"}])
    cited = act.text if is_text else act.citations.get().source
    form = filled(analyst.get(address(act)))
    form |= {"citations-0-source": cited.pk, "citations-0-quote": "word " * words}

    answer = analyst.post(address(act), form)

    assert (answer.status_code == 302) is is_taken
    if not is_taken:
        assert (
            b"25 words may be quoted; these are 26; quote those that matter most" in answer.content
        )


def test_all_that_is_wrong_with_a_form_is_told_at_once(analyst):
    actor, other, source = ActorFactory(), ActorFactory(), SourceFactory()
    rows = [{"actor": each.pk, "role": "participant"} for each in (actor, other, actor)]
    form = {
        **{
            "title": "Drill",
            "kind": "party",
            "status": "ended",
            "since": "2019-06-05",
            "until": "2018",
            "text": "0",
        },
        **{**parts("participants", *rows), **parts("issues")},
        **parts("citations", {"source": source.pk, "relation": "supports"}),
    }

    by_field = errors(analyst.post(ADD, form))

    assert {"kind", "since", "text", "participants"} <= by_field.keys()
    assert all(
        "not one of the available choices" in str(by_field[name]) for name in ("kind", "text")
    )
    assert not Act.objects.exists()
    late = {**form, "kind": "exercise", "status": "planned", "until": "", "text": source.pk}
    assert {"status", "participants"} <= errors(analyst.post(ADD, late)).keys()


def test_what_was_announced_and_is_overdue_can_be_edited_otherwise(analyst, filled):
    act = ActFactory(status="planned", since="1999", citations=[])
    form = filled(analyst.get(address(act)))

    assert analyst.post(address(act), form | {"title": "Another"}).status_code == 302
    assert "status" in errors(
        analyst.post(address(act), filled(analyst.get(address(act))) | {"since": "1998"})
    )


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = [
        {"participants": []},
        {"participants": BOTH[:1]},
        {"participants": [*BOTH, BOTH[0]]},
        {"kind": "party"},
        {"status": "ended", "until": "2018"},
        {"status": "planned", "since": "1999"},
        {"text": "a-letter"},
        {"status": "done", "since": "2999"},
        {"citations": [{**CITATION, "quote": "word " * 26}]},
    ]
    write(
        tmp_path,
        **WORLD,
        acts=[{**ACT, "ref": f"act-{place}", **each} for place, each in enumerate(wrong)],
    )

    assert faults(tmp_path) == [
        ("acts.csv", 2, "participants"),
        ("acts.csv", 3, "participants"),
        ("acts.csv", 4, "participants 3"),
        ("acts.csv", 5, "kind"),
        ("acts.csv", 6, "since"),
        ("acts.csv", 7, "status"),
        ("acts.csv", 8, "text"),
        ("acts.csv", 9, "since"),
        ("acts.csv", 10, "citations 1: quote"),
    ]
    assert not Act.objects.exists()


def test_acts_are_imported_once_and_the_same_again(tmp_path: Path) -> None:
    write(tmp_path, **WORLD, acts=[ACT])

    run(tmp_path)
    run(tmp_path)

    assert Act.objects.get().text.ref == "article"
    assert Act.objects.get().version == 1
