import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, VacancyState
from hiring.models import Candidate, Consent, ConsentText, LegalHold
from hiring.queries.retention import clocks, may_be_due
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def ago(days):
    return NOW - dt.timedelta(days=days)


def kept(candidate):
    return clocks([candidate], now=NOW)[candidate.pk]


def ended(days, **fields):
    return make_vacancy(state=VacancyState.CLOSED, ended_at=ago(days), **fields)


def consent(candidate, purpose, *, given, candidacy=None, withdrawn=None):
    text, _made = ConsentText.objects.get_or_create(
        purpose=purpose, language="en", version=1, defaults={"text": "yes"}
    )
    return Consent.objects.create(
        candidate=candidate, candidacy=candidacy, text=text, channel="form", given_at=given,
        withdrawn_at=withdrawn,
    )  # fmt: skip


def test_an_open_vacancy_keeps_its_people():
    row = make_candidacy(make_vacancy())
    assert kept(row.candidate).until is None
    assert not kept(row.candidate).is_due(dt.date(2100, 1, 1))


@pytest.mark.parametrize(("days", "due"), [(179, False), (180, True)])
def test_due_to_the_day(days, due):
    row = make_candidacy(ended(days))
    assert kept(row.candidate).is_due(timezone.localdate()) is due


def test_a_hold_keeps_beyond_its_time():
    row = make_candidacy(ended(400))
    hold = LegalHold.objects.create(candidate=row.candidate, reason="A dispute")
    assert not kept(row.candidate).is_due(timezone.localdate())
    LegalHold.objects.update(until=timezone.localdate() - dt.timedelta(days=1))
    assert kept(row.candidate).is_due(timezone.localdate())
    assert hold.reason == "A dispute"


def test_the_pool_keeps_for_a_year():
    row = make_candidacy(ended(400))
    consent(row.candidate, "pool", given=ago(300))
    assert kept(row.candidate).until > timezone.localdate()


def test_withdrawing_the_consent_for_a_vacancy_ends_its_time_at_once():
    row = make_candidacy(make_vacancy())
    consent(row.candidate, "vacancy", given=ago(9), candidacy=row, withdrawn=ago(1))
    assert kept(row.candidate).until == timezone.localdate(ago(1))


def test_who_withdrew_is_kept_from_that_day_on():
    row = make_candidacy(make_vacancy(), state=CandidacyState.WITHDRAWN, ended_at=ago(200))
    assert kept(row.candidate).is_due(timezone.localdate())


def test_only_those_whom_no_open_vacancy_wants_are_looked_at():
    wanted, free = make_candidacy(make_vacancy()).candidate, make_candidate()
    done = make_candidacy(ended(3)).candidate
    assert set(may_be_due()) == {free, done}
    assert wanted not in may_be_due()


def test_queries_do_not_grow(django_assert_num_queries):
    for _number in range(5):
        make_candidacy(ended(3))
    with django_assert_num_queries(5):
        clocks(Candidate.objects.all(), now=NOW)
