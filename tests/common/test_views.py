"""Probes tell the truth when each thing they stand for breaks."""

import pytest
from django.db import OperationalError, connection

from common import doctor
from common.models import Job


def refuse(*args, **kwargs):
    raise OperationalError("the database is away")


@pytest.mark.django_db
def test_ready_names_its_parts_without_figures(client):
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert set(answer.json()["parts"]) == {
        "database", "migrations", "queue", "night", "disk", "backup",
    }  # fmt: skip
    assert all(value is True for value in answer.json()["parts"].values())


@pytest.mark.django_db
def test_ready_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/ready")


def test_without_a_database_health_is_well_and_ready_is_not(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/health").json() == {"status": "ok"}
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] is False
    assert answer.json()["parts"]["disk"] is doctor.readiness()["disk"]


@pytest.mark.django_db
def test_ready_turns_red_when_work_waits(client):
    Job.objects.create(name="x.y", created_at="2020-01-01T00:00Z")
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert [name for name, well in answer.json()["parts"].items() if not well] == ["queue"]


@pytest.mark.parametrize("address", ["/health", "/ready"])
@pytest.mark.django_db
def test_probes_are_read_only_and_never_stored(client, address):
    assert client.post(address).status_code == 405
    assert "no-store" in client.get(address)["Cache-Control"]
