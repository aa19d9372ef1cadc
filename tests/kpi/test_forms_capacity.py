from kpi.forms.capacity import NeedForm
from tests.recruiting import make_profile


def test_profiles_that_are_kept_are_offered(cast):
    profile, old = make_profile(), make_profile()
    old.archived_at = "2026-01-01T00:00Z"
    old.save()
    form = NeedForm(reader=cast.dora)
    assert list(form.fields["profile"].queryset) == [profile]


def test_months_and_certainty_are_of_the_lists(cast):
    profile = make_profile()
    data = {"months": 6, "certainty": 90, "profile": profile.pk, "title": "KAM"}
    assert NeedForm(data, reader=cast.dora).is_valid()
    assert not NeedForm(data | {"months": 7}, reader=cast.dora).is_valid()
    assert not NeedForm(data | {"certainty": 50}, reader=cast.dora).is_valid()
