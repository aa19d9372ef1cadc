import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import fact as commands
from accounts.models import Account, Contact, Observation, Touchpoint
from accounts.queries.facts import facts_of
from common.errors import RuleBroken
from people.models import Event
from people.queries import history
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(account):
    return make_contact(account, "Elena Orlova")


@pytest.fixture
def tell(cast, account, elena):
    def observe(fact="stance", value="3", **more):
        more = {"actor": cast.karl, "account_id": account.pk, "contact_id": elena.pk, **more}
        return commands.observe(fact=fact, value=value, **more)

    return observe


def stance(account, elena):
    return facts_of(account)[elena.pk]["stance"]


def test_an_observation_keeps_who_when_how_sure_and_on_what(tell, cast, account, elena):
    meeting = make_touchpoint(account, elena, days_ago=9)
    row = tell(value="4", evidence=meeting, confidence=3)
    assert (row.author, row.evidence, row.confidence) == (cast.karl, meeting, 3)
    assert row.day == timezone.localdate(meeting.at)
    assert stance(account, elena).label == "supports us"


def test_the_record_names_the_person_and_the_fact_but_no_value(tell, account, cast):
    tell(value="1")
    event = Event.objects.get(verb="fact.observed")
    assert set(event.data) == {"name", "contact", "fact", "observation"}
    days = history(account, reader=cast.dora)
    sentences = [entry.sentence for day in days for entry in day.entries]
    assert sentences == ["Observed about Elena Orlova: stance"]


def test_the_words_of_the_record_survive_strange_data(cast, account):
    Event.objects.create(
        verb="fact.observed", target_kind="accounts.account", target_id=account.pk, data={}
    )
    entry = history(account, reader=cast.dora)[0].entries[0]
    assert entry.sentence == "Observed about name unknown: fact"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "7"},
        {"fact": "nothing"},
        {"fact": "sore_spot", "value": "x" * 401},
        {"day": dt.date(2999, 1, 1)},
    ],
)
def test_what_is_no_observation_is_refused_and_nothing_changes(tell, wrong):
    with pytest.raises(RuleBroken):
        tell(**wrong)
    assert not Observation.objects.exists() and not Event.objects.exists()


def test_only_a_relationship_belongs_to_a_colleague(tell, cast):
    with pytest.raises(RuleBroken):
        tell(colleague=cast.anna)
    assert tell(fact="level", value="2", colleague=cast.anna).colleague == cast.anna


def test_evidence_of_another_account_is_as_good_as_none(tell, cast):
    foreign = make_touchpoint(make_account(owner=cast.kim))
    with pytest.raises(Touchpoint.DoesNotExist):
        tell(evidence=foreign)


def test_people_of_another_account_are_not_there(tell, cast, account):
    stranger = make_contact(make_account(owner=cast.karl))
    with pytest.raises(Contact.DoesNotExist):
        tell(contact_id=stranger.pk)
    with pytest.raises(Account.DoesNotExist):
        tell(actor=cast.lena)  # leads read
    with pytest.raises(Account.DoesNotExist):
        tell(actor=cast.adam)
    assert tell(actor=cast.anna).author == cast.anna


def test_nobody_writes_about_people_of_a_merged_account(tell, account):
    Account.objects.filter(pk=account.pk).update(status="merged")
    with pytest.raises(RuleBroken):
        tell()


def test_a_confirmation_is_a_new_row_of_today(cast, account, elena):
    old = make_observation(elena, days_ago=200, author=cast.karl)
    assert stance(account, elena).is_stale
    row = commands.confirm(actor=cast.anna, observation_id=old.pk)
    assert (row.confirms, row.value, row.author) == (old, old.value, cast.anna)
    fresh = stance(account, elena)
    assert fresh.age_days == 0 and not fresh.is_stale
    assert Observation.objects.count() == 2


def test_a_second_tap_adds_nothing(cast, elena):
    old = make_observation(elena, days_ago=200)
    first = commands.confirm(actor=cast.karl, observation_id=old.pk)
    assert commands.confirm(actor=cast.karl, observation_id=old.pk) == first
    assert Observation.objects.count() == 2


def test_what_somebody_has_changed_meanwhile_is_not_confirmed(cast, elena, tell):
    old = make_observation(elena, days_ago=200)
    tell(value="5")
    for verb in (commands.confirm, commands.forget):
        with pytest.raises(RuleBroken):
            verb(actor=cast.karl, observation_id=old.pk)


def test_a_confirmation_may_stand_on_a_touchpoint(cast, account, elena):
    old = make_observation(elena, days_ago=200)
    meeting = make_touchpoint(account, elena, days_ago=2)
    row = commands.confirm(actor=cast.karl, observation_id=old.pk, evidence=meeting)
    assert row.evidence == meeting and row.day == timezone.localdate(meeting.at)


def test_what_is_not_known_any_more_leaves_the_present_but_not_the_past(cast, account, elena):
    old = make_observation(elena, days_ago=10)
    row = commands.forget(actor=cast.karl, observation_id=old.pk)
    assert row.value == "" and facts_of(account) == {}
    assert facts_of(account, old.day)[elena.pk]["stance"].value == "3"
    assert facts_of(account, with_unknown=True)[elena.pk]["stance"].label == "not known any more"
    with pytest.raises(RuleBroken):
        commands.confirm(actor=cast.karl, observation_id=row.pk)


def test_a_slip_is_taken_back_and_put_back(cast, account, elena, tell):
    make_observation(elena, value="2", days_ago=10)
    slip = tell(value="5")
    back = commands.retract(actor=cast.karl, observation_id=slip.pk)
    assert stance(account, elena).value == "2"
    with pytest.raises(RuleBroken):
        commands.retract(actor=cast.karl, observation_id=slip.pk)
    undo = commands.retract(actor=cast.karl, observation_id=back.pk)
    assert stance(account, elena).value == "5"
    for settled in (back, undo):
        with pytest.raises(RuleBroken):
            commands.retract(actor=cast.karl, observation_id=settled.pk)
    commands.retract(actor=cast.karl, observation_id=slip.pk)
    assert stance(account, elena).value == "2"
    assert Observation.objects.count() == 5


def test_rows_of_foreign_accounts_are_not_there(cast):
    foreign = make_observation(make_contact(make_account(owner=cast.kim)))
    for verb in (commands.confirm, commands.forget, commands.retract):
        with pytest.raises(Observation.DoesNotExist):
            verb(actor=cast.karl, observation_id=foreign.pk)
