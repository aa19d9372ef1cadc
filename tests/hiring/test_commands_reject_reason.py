import pytest

from hiring.commands.reject_reason import LANGUAGES, install_reject_reasons
from hiring.models import RejectReason

pytestmark = pytest.mark.django_db


def test_reasons_come_in_every_language_and_for_both_sides():
    assert install_reject_reasons() == RejectReason.objects.count() > 10
    assert {row.by_candidate for row in RejectReason.objects.all()} == {True, False}
    assert all(set(row.names) == set(LANGUAGES) for row in RejectReason.objects.all())
    assert all(all(row.names.values()) for row in RejectReason.objects.all())


def test_what_a_company_changed_stays():
    install_reject_reasons()
    RejectReason.objects.filter(code="pay").update(names={"en": "Too dear"})
    assert install_reject_reasons() == 0
    assert RejectReason.objects.get(code="pay").name == "Too dear"
