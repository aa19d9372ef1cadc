import pytest

from common.errors import RuleBroken
from hiring.choices import TierKind
from hiring.commands.candidate import create_candidate
from hiring.commands.sourcing import (
    add_companies,
    close_tier,
    edit_tier,
    install_tiers,
    open_tier,
    put_forward,
    remove_companies,
    remove_company,
    restore_company,
)
from hiring.models import SearchTier, TargetCompany, Vacancy
from tests.recruiting import make_candidacy, make_off_limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiers(cast, vacancy):
    return install_tiers(actor=cast.rita, vacancy=vacancy)


def test_three_circles_are_laid_out_once_the_first_one_open(cast, vacancy, tiers):
    assert [tier.kind for tier in tiers] == list(TierKind)
    assert [tier.opened_at is not None for tier in tiers] == [True, False, False]
    assert install_tiers(actor=cast.rita, vacancy=vacancy) == tiers


def test_the_next_opens_when_the_one_before_is_exhausted(cast, vacancy, tiers):
    with pytest.raises(RuleBroken):
        open_tier(actor=cast.rita, tier_id=tiers[1].pk)
    for stage in ("form", "form", "form", "form", "found"):
        make_candidacy(vacancy, stage=stage, tier=tiers[0])
    opened = open_tier(actor=cast.rita, tier_id=tiers[1].pk)
    assert opened.opened_at is not None and opened.opened_because == ""
    assert opened.opened_by == cast.rita
    with pytest.raises(RuleBroken):
        open_tier(actor=cast.rita, tier_id=tiers[2].pk)  # nobody was looked for in the second


def test_early_it_opens_with_a_reason_only(cast, tiers):
    opened = open_tier(actor=cast.rita, tier_id=tiers[2].pk, because=" The advert  is out ")
    assert opened.opened_because == "The advert is out"


def test_an_opening_is_taken_back_while_nobody_was_found(cast, vacancy, tiers):
    open_tier(actor=cast.rita, tier_id=tiers[1].pk, because="x")
    assert close_tier(actor=cast.rita, tier_id=tiers[1].pk).opened_at is None
    open_tier(actor=cast.rita, tier_id=tiers[1].pk, because="x")
    make_candidacy(vacancy, tier=tiers[1])
    with pytest.raises(RuleBroken):
        close_tier(actor=cast.rita, tier_id=tiers[1].pk)


def test_a_tier_keeps_its_niche_and_when_it_is_exhausted(cast, tiers):
    edited = edit_tier(actor=cast.rita, tier_id=tiers[1].pk, note=" Food ", percent=60)
    assert (edited.note, edited.exhausted_at_percent) == ("Food", 60)
    with pytest.raises(RuleBroken):
        edit_tier(actor=cast.rita, tier_id=tiers[1].pk, note="", percent=101)


def test_pasted_lines_become_companies_once_and_those_off_limits_do_not(cast, tiers):
    make_off_limits("Vega")
    lines = "ООО «Полюс»; https://www.polus.example/x; same buyers\n\nPolyus\nVEGA S.L.\nOrbita"
    done = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines=lines)
    first, second = done.added
    assert (first.name, first.domain, first.why) == ("ООО «Полюс»", "polus.example", "same buyers")
    assert second.name == "Orbita"
    assert (done.known, done.refused) == (["Polyus"], ["VEGA S.L."])
    again = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines=lines)
    assert again.added == [] and len(again.known) == 3
    assert remove_companies(actor=cast.rita, tier_id=tiers[0].pk, company_ids=[first.pk]) == 1


@pytest.mark.parametrize("lines", ["", " \n ", "x\n" * 501])
def test_no_line_and_too_many_are_refused(cast, tiers, lines):
    with pytest.raises(RuleBroken):
        add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines=lines)


def test_a_company_is_removed_and_put_back(cast, tiers):
    (row,) = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines="Polus; ; why").added
    event = remove_company(actor=cast.rita, company_id=row.pk)
    assert not TargetCompany.objects.exists()
    assert restore_company(actor=cast.rita, event_id=event.pk).why == "why"


def test_whom_we_know_there_is_put_forward_in_the_tier(cast, vacancy, tiers):
    person = create_candidate(name="Jo", employer="Polus GmbH")
    (row,) = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines="Polus").added
    put_forward(actor=cast.rita, company_id=row.pk)
    assert vacancy.candidacies.get().candidate == person
    assert vacancy.candidacies.get().tier == tiers[0]
    with pytest.raises(RuleBroken):
        put_forward(actor=cast.rita, company_id=row.pk)


def test_nobody_is_put_forward_from_a_tier_that_is_shut(cast, tiers):
    (row,) = add_companies(actor=cast.rita, tier_id=tiers[1].pk, lines="Polus").added
    with pytest.raises(RuleBroken):
        put_forward(actor=cast.rita, company_id=row.pk)


@pytest.mark.parametrize("who", ["dora", "karl", "adam", "sam"])
def test_others_change_nothing(cast, vacancy, tiers, who):
    actor = getattr(cast, who)
    with pytest.raises(SearchTier.DoesNotExist):
        open_tier(actor=actor, tier_id=tiers[1].pk, because="x")
    with pytest.raises(SearchTier.DoesNotExist):
        add_companies(actor=actor, tier_id=tiers[0].pk, lines="Polus")
    with pytest.raises(Vacancy.DoesNotExist):
        install_tiers(actor=actor, vacancy=vacancy)
