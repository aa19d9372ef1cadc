import pytest

from accounts.commands.manager_profile import set_manager_profile, shown
from accounts.models import ManagerProfile, Segment
from common.editing import Conflict, plain
from common.errors import RuleBroken
from people.models import Event

LIMITS = {"hours_a_month": 80, "most_key": 2, "most_regular": None}


def save(actor, user, **more) -> ManagerProfile:
    values = {"languages": ["ru"], "segments": [], "territories": []} | more
    return set_manager_profile(actor=actor, user=user, **values)


def test_a_director_sets_everything_and_it_is_recorded(cast):
    segment = Segment.objects.create(code="retail", names={"en": "Retail"})
    languages = [" ru ", "ru", "", "it"]
    save(cast.dora, cast.karl, languages=languages, segments=[segment], limits=LIMITS)
    profile = ManagerProfile.objects.get(user=cast.karl)
    assert (profile.languages, profile.most_key, profile.most_regular) == (["ru", "it"], 2, None)
    event = Event.objects.get(verb="user.profile_set")
    assert event.target_id == cast.karl.pk and "segments" in event.data["changes"]


def test_a_manager_says_what_they_speak_but_sets_no_limits(cast):
    save(cast.dora, cast.karl, limits=LIMITS)
    save(cast.karl, cast.karl, languages=["es"])
    profile = ManagerProfile.objects.get(user=cast.karl)
    assert (profile.languages, profile.most_key) == (["es"], 2)
    with pytest.raises(RuleBroken):
        save(cast.karl, cast.karl, limits={"most_key": 50})
    profile.refresh_from_db()
    assert profile.most_key == 2


@pytest.mark.parametrize("actor", ["lena", "kim", "adam", "anna"])
def test_others_change_nothing(cast, actor):
    with pytest.raises(RuleBroken):
        save(getattr(cast, actor), cast.karl)
    assert not ManagerProfile.objects.exists()


@pytest.mark.parametrize("value", [-1, 301])
def test_a_limit_has_bounds(cast, value):
    with pytest.raises(RuleBroken):
        save(cast.dora, cast.karl, limits={"hours_a_month": value})
    assert not ManagerProfile.objects.filter(hours_a_month=value).exists()


def test_who_saves_second_is_told(cast):
    profile = save(cast.dora, cast.karl)
    seen = {name: plain(value) for name, value in shown(profile).items()}
    save(cast.karl, cast.karl, languages=["it"])
    with pytest.raises(Conflict):
        save(cast.dora, cast.karl, languages=["es"], seen=seen)
    assert ManagerProfile.objects.get(user=cast.karl).languages == ["it"]


def test_a_phone_is_kept_until_another_is_given(cast):
    save(cast.karl, cast.karl, phone="+49 30 12345")
    assert save(cast.karl, cast.karl).phone == "+49 30 12345"
    assert save(cast.karl, cast.karl, phone="").phone == ""


def test_saving_the_same_again_records_nothing(cast):
    save(cast.dora, cast.karl)
    save(cast.dora, cast.karl)
    assert Event.objects.filter(verb="user.profile_set").count() == 1
