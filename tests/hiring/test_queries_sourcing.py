import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AccountScore
from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate
from hiring.commands.sourcing import add_companies, install_tiers
from hiring.queries.sourcing import off_limits_list, proposals, sourcing_of
from tests.cast import make_account
from tests.recruiting import make_candidacy, make_candidate, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiers(cast):
    return install_tiers(actor=cast.rita, vacancy=make_vacancy())


def test_each_circle_tells_how_many_were_found_reached_agreed_listed(cast, tiers):
    first, vacancy = tiers[0], tiers[0].vacancy
    make_candidacy(vacancy, tier=first)
    make_candidacy(vacancy, tier=first, stage=StageKind.FORM)
    make_candidacy(vacancy, tier=first, stage=StageKind.SESSION, shortlisted_at=timezone.now())
    make_candidacy(vacancy)
    found = sourcing_of(vacancy, cast.rita)
    seen = found.tiers[0]
    assert (seen.found, seen.reached, seen.agreed, seen.listed, seen.hired) == (3, 2, 2, 1, 0)
    assert not seen.is_exhausted and not found.tiers[1].may_open
    assert (found.without_tier, found.external) == (1, 4)
    assert seen.said_yes.hits == 2


def test_target_companies_tell_recruiters_whom_we_know_there(cast, tiers):
    add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines="Polus")
    person = create_candidate(name="Jo", employer="POLUS")
    create_candidate(name="Bo", employer="Polus GmbH")
    make_candidacy(tiers[0].vacancy, person, tier=tiers[0])
    (company,) = sourcing_of(tiers[0].vacancy, cast.rita).tiers[0].companies
    assert (company.known, company.here, company.missing) == (2, 1, 1)
    (company,) = sourcing_of(tiers[0].vacancy, cast.dora).tiers[0].companies
    assert (company.known, company.here) == (0, 0)


def test_own_staff_stand_beside_the_others_but_not_for_whom_they_report_to(cast, tiers):
    vacancy = tiers[0].vacancy
    own = make_candidacy(
        vacancy, make_candidate("Lena", user=cast.lena), stage=StageKind.SESSION,
        shortlisted_at=timezone.now(),
    )  # fmt: skip
    assert sourcing_of(vacancy, cast.rita).internal == [own]
    seen = sourcing_of(vacancy, cast.dora)  # leads report to directors
    assert seen.internal == [] and seen.external == 0


def test_the_page_asks_the_same_for_many_companies(cast, tiers, django_assert_max_num_queries):
    add_companies(
        actor=cast.rita, tier_id=tiers[0].pk, lines="\n".join(f"Company {n}x" for n in range(40))
    )
    with django_assert_max_num_queries(9):
        sourcing_of(tiers[0].vacancy, cast.rita)


def test_entries_in_force_and_over_stand_apart(cast):
    today = dt.date(2026, 5, 1)
    now = make_off_limits("Now", until=today)
    over = make_off_limits("Over", until=today - dt.timedelta(days=1))
    lifted = make_off_limits("Lifted", lifted_at=timezone.now())
    assert off_limits_list(past=False, day=today) == [now]
    assert off_limits_list(past=True, day=today) == [lifted, over]


def test_key_accounts_are_proposed_to_directors_only(cast):
    key, listed, small = (make_account(name) for name in ("Hansa", "Vega", "Small"))
    for account, is_key in ((key, True), (listed, True), (small, False)):
        AccountScore.objects.create(account=account, as_of=timezone.localdate(), is_key=is_key)
    make_off_limits("VEGA S.L.")
    assert proposals(cast.dora) == [key]
    assert proposals(cast.rita) == []
