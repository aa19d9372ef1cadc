import pytest

from hiring.forms.settings import SettingsForm
from hiring.models import HiringSettings


def form(**changes) -> SettingsForm:
    now = HiringSettings(pk=1)
    return SettingsForm({**SettingsForm(now=now).initial, **changes}, now=now)


@pytest.mark.parametrize(
    ("written", "read"), [("72, 24,3", [72, 24, 3]), ("3; 24", [24, 3]), ("", []), ("5,5", [5])]
)
def test_hours_are_read_as_they_are_written(written, read):
    filled = form(remind_hours=written)
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["remind_hours"] == read


@pytest.mark.parametrize("written", ["soon", "1,2,3,4,5,6", "0", "999"])
def test_hours_that_cannot_be_are_refused(written):
    assert "remind_hours" in form(remind_hours=written).errors
