import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import GateOverride
from tests.cast import make_account
from tests.gate import employ, let_through, make_key, make_key_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    employ(cast.lena, 2), employ(cast.karl, 1)
    return make_key_account("Hansa", owner=cast.lena)


def option(text: str, user) -> str:
    return re.search(rf'<option value="{user.pk}"[^>]*>[^<]*', text).group()


def later(days: int) -> str:
    return (timezone.now() + dt.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_a_director_lets_somebody_through_in_the_drawer_and_ends_it(cast, hansa, reader):
    client, karl = reader(cast.dora), cast.karl
    url = reverse("accounts:override_create", args=[hansa.pk])
    details = reverse("accounts:account_details", args=[hansa.pk])
    assert url in client.get(details).content.decode()
    form = client.get(url).context["form"]
    assert karl in form.fields["user"].queryset and cast.lena not in form.fields["user"].queryset
    wrong = {"user": karl.pk, "until": later(100), "reason": "ill"}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, wrong | {"until": later(2), "reason": ""}).status_code == 422
    assert (
        client.post(url, {"user": karl.pk, "until": later(2), "reason": "ill"}).status_code == 302
    )
    page = client.get(details).content.decode()
    assert "Karl is let through the gate until" in page and "ill" in page
    row = GateOverride.objects.get()
    other = make_account()
    assert client.post(reverse("accounts:override_end", args=[other.pk, row.pk])).status_code == 404
    client.post(reverse("accounts:override_end", args=[hansa.pk, row.pk]))
    assert "is let through" not in client.get(details).content.decode()
    history = client.get(reverse("accounts:account_history", args=[hansa.pk])).content.decode()
    assert "Karl was let through the gate until" in history
    assert "Karl is no longer let through" in history


def test_the_owner_sees_who_was_let_through_but_no_buttons(cast, hansa, reader):
    row = let_through(cast.dora, hansa, cast.karl)
    page = reader(cast.lena).get(reverse("accounts:account_details", args=[hansa.pk]))
    text = page.content.decode()
    assert "Karl is let through" in text
    assert reverse("accounts:override_end", args=[hansa.pk, row.pk]) not in text
    assert reverse("accounts:override_create", args=[hansa.pk]) not in text


def test_the_form_shuts_those_who_may_not_and_says_who_can(cast, hansa, reader):
    url = reverse("accounts:assignment_create", args=[hansa.pk])
    client = reader(cast.dora)
    text = client.get(url).content.decode()
    assert "disabled" in option(text, cast.karl) and "grade 1, asked for is 2" in text
    assert "disabled" in option(text, cast.kim) and "no grade yet" in text
    assert "disabled" not in option(text, cast.lena) + option(text, cast.dora)
    assert "The gate: Lena may" in text
    assert f'value="{cast.rita.pk}"' not in text
    for role in ("assistant", "team"):
        assert "disabled" not in client.get(url, {"role": role}).content.decode()
    deputy = reader(cast.lena).get(url).content.decode()
    assert "disabled" in option(deputy, cast.karl)
    employ(cast.kim, 3, on_probation=True)
    assert "on probation" in option(client.get(url).content.decode(), cast.kim)
    let_through(cast.dora, hansa, cast.karl)
    assert "disabled" not in option(client.get(url).content.decode(), cast.karl)


def test_a_hand_made_request_is_refused_in_words(cast, hansa, reader):
    url = reverse("accounts:assignment_create", args=[hansa.pk])
    data = {"user": cast.karl.pk, "role": "owner", "start": timezone.localdate().isoformat()}
    answer = reader(cast.dora).post(url, data)
    assert answer.status_code == 422
    assert "Karl has a lower grade than this key account asks for" in answer.content.decode()
    assert hansa.assignments.count() == 1


def test_one_key_account_among_many_shuts_whoever_may_not_own_it(cast, hansa, reader):
    ids = [hansa.pk, make_account().pk, make_key(make_account(grade_needed=1)).pk]
    url, client = reverse("accounts:assign_preview"), reader(cast.dora)
    text = client.post(url, {"ids": ids}).content.decode()
    assert "disabled" in option(text, cast.karl) and "disabled" not in option(text, cast.lena)
    text = client.post(url, {"ids": ids[1:]}).content.decode()
    assert "disabled" not in option(text, cast.karl)


def test_the_account_asks_for_a_grade_of_its_own_as_directors_say(cast, hansa, reader):
    url = reverse("accounts:account_edit", args=[hansa.pk])
    client = reader(cast.dora)
    page = client.get(url)
    assert "As all key accounts: 2: builds" in page.content.decode()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"version": 1, "seen": page.context["seen"], "grade_needed": "3"}
    client.post(url, data)
    hansa.refresh_from_db()
    assert hansa.grade_needed == 3
    kam = reader(cast.lena)
    assert "grade_needed" not in kam.get(url).context["form"].fields
    kam.post(url, data | {"version": 2, "grade_needed": "1", "name": "Hansa AG"})
    hansa.refresh_from_db()
    assert (hansa.name, hansa.grade_needed) == ("Hansa AG", 3)
    history = client.get(reverse("accounts:account_history", args=[hansa.pk])).content.decode()
    assert "3: mastery proved in numbers" in history
