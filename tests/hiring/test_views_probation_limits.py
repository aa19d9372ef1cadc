import re

import pytest
from django.urls import reverse

from hiring.models import ProbationLimit
from people.models import company_day
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
PAGE = reverse("hiring:probation_limits")
NEW = reverse("hiring:probation_limit_create")


def sent(**given):
    return {
        "country": "SE", "case": "", "most_days": "181", "notice_days": "14",
        "in_writing": "on", "source": "LAS 6 §", "on": company_day().isoformat(), **given,
    }  # fmt: skip


def test_the_shipped_limits_stand_with_source_and_day(cast, client):
    client.force_login(cast.rita)
    page = client.get(PAGE).content.decode()
    assert "Labour Code" in page and "came with the program" in page and "no legal advice" in page


def test_a_limit_is_noted_corrected_and_removed(cast, client):
    client.force_login(cast.dora)
    assert client.post(NEW, sent()).status_code == 302
    row = ProbationLimit.objects.get(country="SE")
    edit = reverse("hiring:probation_limit_edit", args=[row.pk])
    client.post(edit, sent(most_days="180"))
    row.refresh_from_db()
    assert row.most_days == 180 and not row.is_shipped
    remove = reverse("hiring:probation_limit_remove", args=[row.pk])
    told = client.post(remove, follow=True).content.decode()
    assert not ProbationLimit.objects.filter(pk=row.pk).exists()
    undo = re.search(r"/hiring/probations/limits/removed/\d+/restore/", told).group()
    assert "Brought back." in client.post(undo, follow=True).content.decode()
    assert ProbationLimit.objects.get(pk=row.pk).most_days == 180


def test_a_shipped_case_keeps_its_words(cast, client):
    client.force_login(cast.rita)
    client.get(PAGE)
    row = ProbationLimit.objects.get(country="RU", case="heads")
    client.post(reverse("hiring:probation_limit_edit", args=[row.pk]),
                sent(country="RU", case="other words", most_days="180"))  # fmt: skip
    row.refresh_from_db()
    assert (row.case, row.most_days) == ("heads", 180)


def test_what_is_wrong_is_said_and_nothing_is_changed(cast, client):
    client.force_login(cast.rita)
    client.get(PAGE)
    number = ProbationLimit.objects.count()
    for wrong in ({"country": ""}, {"source": " "}, {"most_days": "0"}, {"on": "2099-01-01"},
                  {"country": "RU"}):  # fmt: skip
        assert client.post(NEW, sent(**wrong)).status_code == 422
    assert ProbationLimit.objects.count() == number


def test_a_limit_in_use_is_not_removed(cast, client):
    row = make_probation(cast, "empty")
    client.force_login(cast.rita)
    assert "1 probation" in client.get(PAGE).content.decode()
    url = reverse("hiring:probation_limit_remove", args=[row.limit_id])
    assert "correct it instead" in client.post(url, follow=True).content.decode()
    assert ProbationLimit.objects.filter(pk=row.limit_id).exists()


def test_managers_have_no_such_page(cast, client):
    client.force_login(cast.lena)
    assert client.get(PAGE).status_code == 404
