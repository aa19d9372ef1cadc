import datetime as dt

import pytest
from django.utils import timezone

from accounts.choices import DossierSection
from accounts.queries.dossier import ASK, HELP, dossier, dossier_gaps, entries_of
from tests.cast import make_account
from tests.field import make_entry, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    set_tier(account, "A")
    return account


def section(found, name):
    return next(item for item in found.sections if item.section == name)


def test_every_section_has_help_and_a_question():
    assert set(HELP) == set(ASK) == set(DossierSection)


def test_an_empty_file_asks_three_questions(cast, account):
    found = dossier(cast.karl, account)
    assert len(found.sections) == 9 and found.complete == (0, 9) and found.fresh == (0, 0)
    assert "Nothing is recorded" in found.fresh_why.sentence
    assert [gap.section for gap in found.gaps] == ["goals", "needs", "competitors"]
    assert dossier_gaps(account, limit=9)[0].question == "What will you be measured by this year?"


def test_the_newest_of_a_section_counts_and_two_numbers_say_how_good_it_is(cast, account):
    make_entry(account, "goals", "Old goal", days_ago=400)
    make_entry(account, "goals", "New goal", days_ago=10)
    make_entry(account, "needs", days_ago=181)
    found = dossier(cast.karl, account)
    assert [item.entry.text for item in section(found, "goals").entries] == ["New goal"]
    assert found.complete == (2, 9) and found.fresh == (1, 2)
    assert "Missing: Figures" in found.complete_why.sentence
    assert "To confirm: Needs." in found.fresh_why.sentence
    assert found.gaps[-1].is_missing
    assert [gap.section for gap in dossier_gaps(account, limit=9)][-1] == "needs"


def test_competitors_are_listed_by_name_and_the_gone_apart(cast, account):
    make_entry(account, "competitors", title="Verpa")
    make_entry(account, "competitors", title="Alpha")
    make_entry(account, "competitors", title="Polypack", is_gone=True)
    found = section(dossier(cast.karl, account), "competitors")
    assert [item.entry.title for item in found.entries] == ["Alpha", "Verpa"]
    assert [entry.title for entry in found.gone] == ["Polypack"]


def test_any_day_of_the_past_has_its_own_file(cast, account):
    make_entry(account, "goals", "Old goal", days_ago=400)
    make_entry(account, "goals", "New goal", days_ago=10)
    day = timezone.localdate() - dt.timedelta(days=100)
    found = dossier(cast.karl, account, day)
    assert section(found, "goals").entries[0].entry.text == "Old goal"
    assert found.is_past and not found.may_edit


def test_leads_read_and_owners_write(cast, account):
    assert dossier(cast.karl, account).may_edit
    assert not dossier(cast.lena, account).may_edit


def test_everything_ever_said_stays_readable(account):
    slip = make_entry(account, text="Wrong")
    back = make_entry(account, text="Wrong", retracts=slip)
    right = make_entry(account, text="Right")
    found = [(item.entry, item.withdrawn) for item in entries_of(account, "goals")]
    assert found == [(right, None), (slip, back)]


def test_a_constant_number_of_queries(cast, account, django_assert_num_queries):
    assert cast.karl.is_kam  # roles are read once
    for number in (1, 30):
        for _entry in range(number):
            make_entry(account, "competitors", title=f"Rival {_entry}")
        with django_assert_num_queries(4):
            dossier(cast.karl, account)
