"""A file of thousands of claims over real HTTP: looked at, imported, seen in the history, undone."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk.api.working import ROOT, Worker
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tests.public.api.servers import serving
from tracker.models import ChangeSet, Stance
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY = 5_000
CITED = [{"source": "article", "locator": "4"}]


def row(number: int) -> bytes:
    """Return a claim as a line: each at a time of its own."""
    since = f"{1000 + number // 12:04}-{number % 12 + 1:02}"
    claim = {"ref": f"stance-{number}", "actor": "china", "issue": "syria", "position": "supports", "since": since}
    claim |= {"until": since, "basis": "statement", "confidence": "low"}
    return json.dumps({**claim, "citations": CITED}).encode() + b"\n"


def test_thousands_of_claims_are_looked_at_imported_and_undone(database_url: str, tmp_path: Path) -> None:
    anna = Worker("analysts", username="anna")
    ActorFactory(slug="china")
    IssueFactory(slug="syria", question="Should he stay?")
    SourceFactory(ref="article")
    with serving(database_url, tmp_path / "log") as server:

        def ask(method: str, address: str, body: bytes | None = None, **headers: str) -> Any:
            sent = {"Authorization": f"Bearer {anna.token}", "Content_Type": "application/json", **headers}
            status, _, content = server.ask(method, ROOT + address, body, **sent)
            assert status < 300, content
            return json.loads(content)

        lines = b"".join(map(row, range(MANY)))
        plan = ask("POST", "imports/?resource=stances", lines, Content_Type="application/x-ndjson")
        assert (plan["counts"]["stances"]["created"], plan["can_apply"]) == (MANY, True), plan["errors"]
        assert not Stance.objects.exists()

        tag = {"If_Match": f'"{plan["version"]}"'}
        done = ask("POST", f"imports/{plan['id']}/apply/", b'{"note": "Coded by a program"}', **tag)
        assert done["counts"] == {"stances": {"created": MANY, "changed": 0, "same": 0}}
        assert Stance.objects.count() == MANY
        page = ask("GET", f"changes/?change_set={done['change_set']}&count=true&page_size=1")
        assert (page["count"], page["results"][0]["channel"], page["results"][0]["who"]) == (2 * MANY, "api", "anna")

        undone = ask("POST", f"changesets/{done['change_set']}/revert/", b"{}")
        assert undone["counts"]["stances"]["delete"] == MANY
    assert not Stance.objects.exists()
    assert ChangeSet.objects.get(pk=done["change_set"]).reason == "Coded by a program"
    assert list(verify()) == []
