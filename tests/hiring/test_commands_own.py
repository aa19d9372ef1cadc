"""What candidates do themselves, below the page (the page: test_views_own.py)."""

import datetime as dt

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.commands import own as commands
from hiring.models import Candidacy, DetailChange
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate(cast):
    made = make_candidate("Olga Kim")
    add_reach(made, "olga@example.org")
    add_reach(made, "spare@example.org")
    return made


def test_a_code_is_good_for_an_hour_and_for_one_address(candidate):
    change = commands.ask_new_email(candidate_id=candidate.pk, email="new@example.org")
    other = commands.ask_new_email(candidate_id=candidate.pk, email="other@example.org")
    assert commands.code_of(change) != commands.code_of(other)
    assert commands.waiting_email(candidate, timezone.now()) == other
    late = timezone.now() + dt.timedelta(hours=1)
    with pytest.raises(RuleBroken):
        commands.confirm_new_email(
            candidate_id=candidate.pk, code=commands.code_of(other), now=late
        )


def test_only_the_first_address_is_exchanged(candidate):
    change = commands.ask_new_email(candidate_id=candidate.pk, email="new@example.org")
    commands.confirm_new_email(candidate_id=candidate.pk, code=f" {commands.code_of(change)} ")
    rows = candidate.reaches.order_by("position").values_list("value", flat=True)
    assert list(rows) == ["new@example.org", "spare@example.org"]


def test_the_code_is_not_in_the_row(candidate):
    change = commands.ask_new_email(candidate_id=candidate.pk, email="new@example.org")
    assert commands.code_of(change) not in str(DetailChange.objects.values().get(pk=change.pk))


def test_a_phone_is_added_exchanged_and_taken_out(candidate):
    for phone in ("+79131234567", "+79131234568", ""):
        commands.correct_details(candidate_id=candidate.pk, name="Olga", city="", phone=phone)
        assert "".join(filter(str.isdigit, commands.phone_of(candidate))) == phone[1:]
    assert DetailChange.objects.filter(field="phone").count() == 3


def test_nobody_withdraws_for_another_or_after_the_end(candidate):
    other = make_candidacy(make_vacancy())
    with pytest.raises(Candidacy.DoesNotExist):
        commands.withdraw_candidacy(candidate_id=candidate.pk, candidacy_id=other.pk)
    over = make_candidacy(make_vacancy(), candidate, state="hired")
    with pytest.raises(RuleBroken):
        commands.withdraw_candidacy(candidate_id=candidate.pk, candidacy_id=over.pk)


def test_changes_never_confirmed_go_after_a_day(candidate):
    commands.ask_new_email(candidate_id=candidate.pk, email="new@example.org")
    assert commands.purge_corrections() == 0
    assert commands.purge_corrections(now=timezone.now() + dt.timedelta(hours=25)) == 1
