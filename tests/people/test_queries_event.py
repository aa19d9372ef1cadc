import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from people import commands, queries, verbs
from people.models import Event
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_history_is_told_by_day_in_the_readers_zone(cast):
    for moment in ("2026-03-01T22:30:00+00:00", "2026-03-01T23:30:00+00:00"):
        Event.objects.create(
            actor=cast.dora,
            verb="user.activated",
            target_kind="people.user",
            target_id=cast.karl.pk,
            at=dt.datetime.fromisoformat(moment),
        )
    with timezone.override(ZoneInfo("Europe/Berlin")):
        days = queries.history(cast.karl)
    assert [(group.day, len(group.entries)) for group in days] == [
        (dt.date(2026, 3, 2), 1),
        (dt.date(2026, 3, 1), 1),
    ]
    assert days[0].entries[0].sentence == "Sign-in opened again"


def test_changes_have_labels_and_words(cast):
    commands.change_roles(actor=cast.dora, user=cast.karl, roles={"kam", "interviewer"})
    commands.update_person(actor=cast.dora, user=cast.karl, name="Karl", title="Senior KAM")
    titles, roles = queries.history(cast.karl, reader=cast.dora)[0].entries
    assert [(c.label, c.old, c.new) for c in titles.changes] == [("Job title", "", "Senior KAM")]
    assert roles.changes[0].old == "Key account manager"
    assert roles.changes[0].new == "Interviewer, key account manager"


def test_money_is_hidden_from_those_who_do_not_see_it(cast, monkeypatch):
    monkeypatch.setattr(verbs, "MONEY_FIELDS", {("accounts.account", "status")})
    account = make_account(owner=cast.karl)
    commands.record(
        actor=cast.karl,
        verb="account.edited",
        target=account,
        changes={"status": ["a", "b"], "name": ["Old", "New"]},
    )
    seen = {
        who: len(queries.history(account, reader=reader)[0].entries[0].changes)
        for who, reader in {"dora": cast.dora, "karl": cast.karl, "anna": cast.anna}.items()
    }
    assert seen == {"dora": 2, "karl": 2, "anna": 1}
    assert len(queries.history(account)[0].entries[0].changes) == 1


def test_history_costs_one_query_however_long(cast, django_assert_num_queries):
    for _ in range(5):
        commands.record(actor=cast.dora, verb="user.activated", target=cast.karl)
    assert cast.dora.roles
    with django_assert_num_queries(1):
        queries.history(cast.karl, reader=cast.dora)


def test_directors_read_all_administrators_without_values_others_their_own(cast):
    commands.update_person(actor=cast.dora, user=cast.karl, name="Karl", title="Senior KAM")
    commands.update_profile(user=cast.karl, name="Karl B.")

    def read(reader):
        rows = queries.record_page(reader, person=None, kind="", day=None)
        days = queries.record_entries(reader, list(rows))
        return [entry for group in days for entry in group.entries]

    assert [entry.sentence for entry in read(cast.dora)] == ["Personal details changed"] * 2
    assert all(entry.changes for entry in read(cast.dora))
    assert [entry.about for entry in read(cast.dora)] == ["Karl B."] * 2
    assert [entry.about for entry in read(cast.adam)] == [""] * 2
    assert [entry.sentence for entry in read(cast.adam)] == ["user.changed"] * 2
    assert not any(entry.changes for entry in read(cast.adam))
    assert [entry.actor for entry in read(cast.karl)] == [cast.karl]
    assert read(cast.kim) == []


def test_the_record_narrows_by_person_kind_and_day(cast):
    commands.record(actor=cast.dora, verb="user.activated", target=cast.karl)
    commands.record(actor=cast.adam, verb="team.created", target=cast.karl)

    def count(**narrow):
        chosen = {"person": None, "kind": "", "day": None} | narrow
        return queries.record_page(cast.dora, **chosen).count()

    assert count() == 2
    assert count(person=cast.adam.pk) == 1
    assert count(kind="user") == 1
    assert count(day=timezone.localdate()) == 2
    assert count(day=dt.date(2020, 1, 1)) == 0
    with timezone.override(ZoneInfo("Pacific/Kiritimati")):
        assert count(day=dt.date.min) == count(day=dt.date.max) == 0


def test_a_sentence_survives_missing_data_and_unknown_codes():
    assert verbs.sentence("user.invited", {"email": "a@b.example"}) == "a@b.example was invited"
    assert verbs.sentence("user.invited", {}) == "Something changed"
    assert verbs.sentence("future.verb") == "future.verb"


def test_a_sentence_may_count(monkeypatch):
    monkeypatch.setitem(
        verbs.SENTENCES, "test.counted", lambda data: f"{data['count']} accounts assigned"
    )
    assert verbs.sentence("test.counted", {"count": 3}) == "3 accounts assigned"


def test_kinds_are_named_for_a_filter():
    assert ("user", "People") in verbs.kinds()
    with translation.override("ru"):
        assert {code for code, _ in verbs.kinds()} >= {"user", "team", "company"}
