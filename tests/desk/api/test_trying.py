"""Trying tokens: slowed down and logged, while good ones work."""

from django.test import Client

from tests.desk.api.working import good
from tracker.models import FailedAttempts


def test_who_tries_tokens_waits_while_a_good_one_works(anna, caplog):
    def ask(token):
        return Client().get("/api/v1/desk/stances/", headers={"Authorization": f"Bearer {token}"})

    first = [ask(f"tracker_guess-{number}").status_code for number in range(20)]
    FailedAttempts.objects.update(count=30)
    response = ask("tracker_guess")

    assert first == [401] * 20
    assert good(response, 429)["detail"].startswith("Request was throttled")
    assert int(response.headers["Retry-After"]) > 500
    assert "failed: a token from 127.0.0.1, up to 20 in a row" in caplog.text
    assert "guess" not in caplog.text
    assert ask(anna.token).status_code == 200
