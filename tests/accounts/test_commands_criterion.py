import datetime as dt

import pytest

from accounts.commands import criterion as commands
from accounts.models import Criterion, CriterionMark
from common.errors import RuleBroken
from common.models import Job
from people.models import Event
from tests.cast import make_cast
from tests.races import two_at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def cast():
    commands.install_criteria()
    return make_cast()


def mark(actor, account, value=2, **fields):
    return commands.mark_criterion(
        **{
            "actor": actor,
            "account": account,
            "criterion": Criterion.objects.get(code="growth"),
            "mark": value,
            "reason": "Two new plants",
            "day": DAY,
            **fields,
        }
    )


def test_the_starting_set_has_a_full_scale_in_every_language(cast):
    rows = list(Criterion.objects.all())
    assert len(rows) == 8
    for row in rows:
        assert len(row.scale) == 4
        for words in (row.names, *row.scale):
            assert all(words.get(code) for code in ("en", "ru", "es", "it"))


def test_installing_again_keeps_what_the_company_changed(cast):
    Criterion.objects.filter(code="growth").update(weight=5)
    Criterion.objects.filter(code="partner").delete()
    assert commands.install_criteria() == 1
    assert Criterion.objects.get(code="growth").weight == 5


def test_the_owner_and_the_director_mark_and_the_newest_counts(cast, account):
    mark(cast.karl, account, 1)
    newest = mark(cast.dora, account, 3)
    assert account.marks.first() == newest
    event = Event.objects.about(account).first()
    assert event.data["changes"] == {"mark": [1, 3]}
    assert Job.objects.get().name == "kpi.jobs.recompute"


def test_strangers_and_assistants_do_not_mark(cast, account):
    for actor in (cast.kim, cast.anna, cast.adam, cast.rita, cast.sam):
        with pytest.raises(RuleBroken):
            mark(actor, account)
    assert not CriterionMark.objects.exists()


@pytest.mark.parametrize("fields", [{"mark": 4}, {"mark": -1}, {"reason": " "}])
def test_a_mark_off_the_scale_or_without_reason_is_refused(cast, account, fields):
    with pytest.raises(RuleBroken):
        mark(cast.dora, account, **fields)
    assert not CriterionMark.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_install_the_criteria_once():
    assert two_at_once(commands.install_criteria) == ["done", "done"]
    assert Criterion.objects.count() == 8
