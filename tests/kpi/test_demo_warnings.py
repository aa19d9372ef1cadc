"""The warnings of the demo company: raised, answered, and the reasons of those who left."""

import pytest

from kpi.choices import AlertCause, AlertLevel
from kpi.commands.warnings import raise_alerts
from kpi.demo.company import HANSA, MEDICA
from kpi.models import AgreedPause, Alert, AlertAnswer, Appraisal, OneToOne, Reading
from kpi.queries.losses import loss_page
from kpi.queries.warnings.record import record
from people.models import User

pytestmark = pytest.mark.usefixtures("severpack")


@pytest.fixture
def director():
    return User.objects.get(email="marina.sokolova@severpack.example")


def test_the_customer_of_the_story_warns_at_the_first_look():
    alert = Alert.objects.open().get(account__name=HANSA, cause=AlertCause.RHYTHM)
    assert alert.level == AlertLevel.RED
    assert alert.stake > 0


def test_people_have_answered():
    assert set(AlertAnswer.objects.values_list("verb", flat=True)) >= {"planned", "lost"}
    assert AlertAnswer.objects.filter(alert__account__name=MEDICA, reason="price").exists()


def test_the_record_and_the_losses_are_not_empty(director):
    assert record(director).silences
    page = loss_page(director)
    assert page.losses
    assert page.unnamed < len(page.losses)


def test_a_pause_was_agreed_before_anything_warned():
    assert AgreedPause.objects.filter(account__alerts=None).count() == 1


def test_the_next_night_changes_no_warning():
    raised = raise_alerts()
    assert (raised.opened, raised.changed, raised.cleared) == (0, 0, 0)


def test_talks_keep_the_figures_of_their_day_and_points_to_do():
    talks = OneToOne.objects.all()
    assert talks.count() == 2
    assert all(talk.readings and talk.points.exists() for talk in talks)
    assert Appraisal.objects.exclude(shared_at=None).count() == 1


def test_customers_took_further_services_in_the_last_year():
    newest = Reading.objects.filter(scope="company", code="services").latest("day")
    assert newest.numerator > 0
