"""How the web server is set up by `manage.py up`."""

import socket

import pytest

from config.postgres.serve import Application


@pytest.mark.parametrize(("setting", "workers"), [("", 2), ("3", 3)])
def test_there_are_as_many_processes_as_the_operator_says(monkeypatch, setting, workers):
    """Two, if nothing is said: four long requests must not keep everybody waiting."""
    monkeypatch.setenv("WEB_CONCURRENCY", setting)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        application = Application(listener, lambda: None)
    with socket.socket(fileno=application.descriptor):
        assert (application.cfg.workers, application.cfg.threads) == (workers, 4)
