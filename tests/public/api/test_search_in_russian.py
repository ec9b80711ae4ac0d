"""Searching for Russian words:
in every case, by abbreviations, and not for what only begins alike.
"""

import csv
import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections

from tests.factories import ActorFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish
from tracker.models import Actor
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "forms",
    [
        "Путин Путина Путину Путиным Путине",
        "Китай Китая Китаю Китаем Китае",
        "Иран Ирана Ирану Ираном Иране",
        "Россия России Россию Россией",
        "Лавров Лаврова Лавровым",
        "Соединённые соединенных",
        "санкции санкций санкциям",
    ],
)
def test_russian_words_are_found_in_every_case(reader: Reader, forms: str) -> None:
    """In names and texts, alone, in phrases and where they must not be."""
    each = forms.split()
    actors = [
        ActorFactory(name=f"A {n}", names={"ru": f"Слово {form}"}) for n, form in enumerate(each)
    ]
    actors += [
        ActorFactory(name=f"B {n}", summary=f"That {form}-2030.") for n, form in enumerate(each)
    ]
    publish(*actors, other := ActorFactory(name="C", summary="Слово"))

    of_all = {actor.pk for actor in actors}
    for form in each:
        assert set(reader.ids("actors/", {"q": form})) == of_all
        assert len(reader.ids("actors/", {"q": f'"СЛОВО {form}"'})) == len(each)
        assert reader.ids("actors/", {"q": f"слово -{form}"}) == [other.pk]


ABBREVIATIONS = {
    "china": "КНР PRC", "russia": "РФ", "north-korea": "КНДР DPRK", "united-states": "США USA",
    "central-african-republic": "ЦАР", "european-union": "ЕС EU", "islamic-state": "ИГИЛ ISIS",
    "shanghai-cooperation-organization": "ШОС SCO 上合组织",
}  # fmt: skip


def test_actors_of_the_first_dataset_are_found_by_abbreviations(reader: Reader) -> None:
    with (Path(apps.get_app_config("tracker").path) / "dataset/actors.csv").open(
        encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            names = {
                "names": json.loads(row["names"]),
                "aliases": json.loads(row["aliases"] or "[]"),
            }
            ActorFactory(slug=row["slug"], name=row["name"], short_name=row["short_name"], **names)
    publish(*Actor.objects.all())

    words = {word: slug for slug, words in ABBREVIATIONS.items() for word in words.split()}
    results = {
        word: reader.get("actors/", {"q": word, "fields": "slug"}).json()["results"]
        for word in words
    }
    assert {word: of[0]["slug"] if of else None for word, of in results.items()} == words


def test_a_russian_word_that_only_begins_like_a_short_name_is_another(reader: Reader) -> None:
    publish(
        ActorFactory(name="Peru", names={"ru": "Перу"}), iran := ActorFactory(names={"ru": "Иран"})
    )
    publish(ActorFactory(name="Kuba", names={"ru": "Куба"}))

    assert [
        reader.ids("actors/", {"q": word}) for word in ("персты", "кубики", "Ираке", "Иране")
    ] == [
        [],
        [],
        [],
        [iran.pk],
    ]


def test_what_was_published_before_stems_is_found_by_them(reader: Reader, as_owner: None) -> None:
    """The migration works out the words of documents that have Cyrillic letters, as the owner."""
    step = import_module("tracker.migrations.0035_russian_stems")
    publish(ivan := ActorFactory(name="Ivan", names={"ru": "Иваны"}))
    with connections["default"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE tracker_actordocument DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE tracker_actordocument SET search = to_tsvector('public.tracker', body)"
        )
        assert reader.ids("actors/", {"q": "Ивану"}) == []
        for noun in step.NOUNS:
            cursor.execute(step.AGAIN.format(noun=noun))
        cursor.execute("SELECT search = public.document_words(body) FROM tracker_actordocument")
        assert cursor.fetchone() == (True,)
    assert reader.ids("actors/", {"q": "Ивану"}) == [ivan.pk]
    assert {*step.NOUNS} == {*Noun} - {Noun.ACT}, "all that there were"
