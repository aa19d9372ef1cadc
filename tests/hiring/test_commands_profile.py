from decimal import Decimal

import pytest

from common.errors import RuleBroken
from hiring.commands import profile as commands
from hiring.models import Competency, PayBenchmark, Profile
from people.models import Event

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "KAM, food", "grade": 2, "seniority": "middle", "clients": "big", "works": "alone",
    "must_haves": [" Three years   in B2B ", "", "Three years in B2B"], "knock_outs": [],
}  # fmt: skip


def ids(count: int) -> list[int]:
    return list(Competency.objects.values_list("pk", flat=True)[:count])


def test_the_first_profile_brings_competencies_and_the_pay_table(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    assert Competency.objects.exists() and PayBenchmark.objects.exists()
    assert profile.must_haves == ["Three years in B2B"]
    assert Event.objects.about(profile).get().verb == "profile.created"


def test_competencies_have_weights_and_an_order(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    first, second = ids(2)
    edited = commands.edit_profile(
        actor=cast.dora, profile_id=profile.pk, version=1, competencies=[(second, 20), (first, 500)]
    )
    rows = edited.competencies.all()
    assert [(row.competency_id, row.weight) for row in rows] == [(second, 20), (first, 100)]
    assert "competencies" in Event.objects.about(profile).first().data["changes"]
    with pytest.raises(RuleBroken, match="twice"):
        commands.edit_profile(
            actor=cast.rita, profile_id=profile.pk, version=2, competencies=[(first, 1), (first, 2)]
        )


def test_a_second_editor_is_told(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    edit = {"actor": cast.rita, "profile_id": profile.pk, "version": 1}
    assert commands.edit_profile(**edit, duties="Grow three accounts.").version == 2
    with pytest.raises(commands.Conflict):
        commands.edit_profile(**edit, duties="Other")


def test_nothing_changed_is_nothing_recorded(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    commands.edit_profile(actor=cast.rita, profile_id=profile.pk, version=1, **FIELDS)
    assert Event.objects.about(profile).count() == 1


def test_a_copy_has_all_but_the_name(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS, pay_from=Decimal(5))
    commands.edit_profile(
        actor=cast.rita, profile_id=profile.pk, version=1, competencies=[(ids(1)[0], 30)]
    )
    copy = commands.copy_profile(actor=cast.dora, profile_id=profile.pk)
    assert copy.name != profile.name and copy.pay_from == 5
    assert [row.weight for row in copy.competencies.all()] == [30]


def test_a_profile_put_away_is_changed_only_when_brought_back(cast):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    commands.archive_profile(actor=cast.rita, profile_id=profile.pk)
    with pytest.raises(RuleBroken, match="bring it back"):
        commands.edit_profile(actor=cast.rita, profile_id=profile.pk, version=1, name="Other")
    assert commands.restore_profile(actor=cast.rita, profile_id=profile.pk).archived_at is None


@pytest.mark.parametrize("wrong", [{"name": " "}, {"pay_from": Decimal(2), "pay_to": Decimal(1)}])
def test_impossible_values_are_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        commands.create_profile(actor=cast.rita, **{**FIELDS, **wrong})
    with pytest.raises(TypeError):
        commands.create_profile(actor=cast.rita, **FIELDS, version=7)


@pytest.mark.parametrize("who", ["karl", "anna", "ivan", "adam", "sam"])
def test_for_others_profiles_do_not_exist(cast, who):
    profile = commands.create_profile(actor=cast.rita, **FIELDS)
    with pytest.raises(RuleBroken):
        commands.create_profile(actor=getattr(cast, who), **FIELDS)
    with pytest.raises(Profile.DoesNotExist):
        commands.edit_profile(
            actor=getattr(cast, who), profile_id=profile.pk, version=1, name="Mine"
        )
