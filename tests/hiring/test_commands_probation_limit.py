import datetime as dt

import pytest

from common.errors import RuleBroken
from hiring.commands import probation_limit as commands
from hiring.models import ProbationLimit
from hiring.queries.probation_limits import CASES, case_words, limit_words, limits
from people.models import company_day
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


def fields(**given) -> dict:
    return {"country": "nz", "most_days": 90, "notice_days": 7, "source": "ERA 2000, s. 67A",
            "on": company_day(), **given}  # fmt: skip


def test_the_starting_set_comes_once_with_sources_and_days(cast):
    number = commands.install_limits()
    assert number == ProbationLimit.objects.count() >= 12
    assert commands.install_limits() == 0
    for row in ProbationLimit.objects.all():
        assert len(row.source) > 40 and row.on <= dt.date.today() and row.is_shipped
        assert row.case in CASES and len(row.source) <= 200


@pytest.mark.parametrize(
    "country, case, days, notice",
    [("RU", "", 89, 3), ("RU", "heads", 181, 3), ("RU", "short_contract", 14, 3),
     ("ES", "", 59, 0), ("ES", "technicians", 181, 0), ("IT", "", 181, 0), ("DE", "", 181, 14),
     ("FR", "", 59, 14), ("PL", "", 89, 14), ("GB", "", None, 7), ("US", "", None, None)],
)  # fmt: skip
def test_no_shipped_limit_is_longer_than_what_its_source_allows(cast, country, case, days, notice):
    commands.install_limits()
    row = ProbationLimit.objects.get(country=country, case=case)
    assert (row.most_days, row.notice_days) == (days, notice)


def test_a_limit_is_entered_and_corrected(cast):
    row = commands.save_limit(actor=cast.rita, **fields())
    assert row.country == "NZ" and not row.is_shipped
    row = commands.save_limit(actor=cast.dora, limit_id=row.pk, most_days=80)
    assert (row.most_days, row.version) == (80, 2)
    with pytest.raises(RuleBroken, match="already"):
        commands.save_limit(actor=cast.rita, **fields())


@pytest.mark.parametrize(
    "given, words",
    [({"country": "N1"}, "country"), ({"source": " "}, "written"), ({"most_days": 0}, "lasts"),
     ({"on": dt.date(2999, 1, 1)}, "today or earlier")],
)  # fmt: skip
def test_a_limit_without_a_source_or_a_day_is_refused(cast, given, words):
    with pytest.raises(RuleBroken, match=words):
        commands.save_limit(actor=cast.rita, **fields(**given))
    assert not ProbationLimit.objects.exists()


@pytest.mark.parametrize("who", ["karl", "anna", "ivan", "adam", "sam"])
def test_only_recruiters_and_directors_keep_limits(cast, who):
    with pytest.raises(RuleBroken):
        commands.save_limit(actor=getattr(cast, who), **fields())


def test_a_limit_in_use_stays(cast):
    used = make_probation(cast, "empty").limit
    with pytest.raises(RuleBroken, match="refer"):
        commands.remove_limit(actor=cast.dora, limit_id=used.pk)
    free = ProbationLimit.objects.get(country="DE")
    commands.remove_limit(actor=cast.dora, limit_id=free.pk)
    assert not ProbationLimit.objects.filter(country="DE").exists()


def test_a_removed_limit_is_put_back_unless_another_took_its_place(cast):
    commands.install_limits()
    known = ProbationLimit.objects.get(country="DE")
    event = commands.remove_limit(actor=cast.rita, limit_id=known.pk)
    for _again in "ab":
        row = commands.restore_limit(actor=cast.dora, event_id=event.pk)
    names = (*commands.FIELDS, "is_shipped", "pk")
    row.refresh_from_db()
    assert [getattr(row, name) for name in names] == [getattr(known, name) for name in names]
    event = commands.remove_limit(actor=cast.rita, limit_id=known.pk)
    commands.save_limit(actor=cast.rita, **fields(country="DE"))
    with pytest.raises(RuleBroken, match="already"):
        commands.restore_limit(actor=cast.rita, event_id=event.pk)
    with pytest.raises(RuleBroken):
        commands.restore_limit(actor=cast.karl, event_id=event.pk)


def test_what_is_known_is_told_as_a_note(cast):
    commands.install_limits()
    known = limits(cast.rita, "ru")
    assert {case_words(row) for row in known} >= {"in general"}
    assert "89 days at most" in limit_words(known.get(case=""))
    assert limit_words(limits(cast.rita, "US").get()).startswith("No longest trial was noted")
    assert "lawyer" in limit_words(None)
    assert not limits(cast.ivan).exists()
