"""What others do at the same moment is waited for, and noticed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from tests.desk.imports.uploading import imported, received
from tests.factories import ActorFactory
from tests.models.sessions import Session, waits_for_a_lock
from tracker.desk import imports
from tracker.desk.imports import Imported
from tracker.models import Actor, Upload

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "slug,kind,name,summary\nchina,state,China,new\niran,state,Iran,\n"


def importing(upload: Upload) -> Imported:
    try:
        return imported(upload)
    finally:
        connection.close()


def test_whoever_is_saving_a_record_is_waited_for_and_nothing_overwritten():
    china = ActorFactory(slug="china", kind="state", name="China", summary="old")
    upload = received(FILE, "actors.csv")

    with closing(Session()) as other, ThreadPoolExecutor() as pool:
        other.do("BEGIN")
        other.do("UPDATE tracker_actor SET summary = 'theirs' WHERE id = %s", china.pk)
        done = pool.submit(importing, upload)
        assert waits_for_a_lock(done)
        other.do("COMMIT")
        with pytest.raises(imports.MovedOn) as refused:
            done.result(timeout=20)

    assert refused.value.lines == [2]
    assert [actor.summary for actor in Actor.objects.all()] == ["theirs"]
    assert Upload.objects.count() == 1


def test_pressed_twice_it_is_imported_once():
    upload = received(FILE, "actors.csv")

    with ThreadPoolExecutor() as pool:
        done = [pool.submit(importing, upload) for _ in range(2)]
        errors = [future.exception(timeout=20) for future in done]

    assert sorted(type(error) for error in errors if error) == [Upload.DoesNotExist]
    assert Actor.objects.count() == 2
