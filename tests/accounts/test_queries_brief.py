"""What the brief says, from hand-made accounts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.choices import DossierSection
from accounts.models import (
    AccountDay,
    AccountScore,
    ContactNote,
    CoverageRule,
    DossierEntry,
    Position,
    Promise,
    Scoring,
    ServiceLine,
    ServiceMonth,
    Task,
    TierSpan,
)
from accounts.queries.brief import brief_of
from accounts.queries.brief.rows import account_for
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_role, make_touchpoint, set_tier

pytestmark = pytest.mark.django_db


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def account(cast):
    made = make_account("Hansa", owner=cast.karl)
    set_tier(made, "C")
    return made


def brief(reader, account, **options):
    return brief_of(reader, account_for(reader, account.pk), currency="EUR", **options)


def planned(account, *contacts, days: int = 2, **fields):
    return make_touchpoint(account, *contacts, days_ago=-days, state="planned", **fields)


def promised(cast, account, **fields):
    values = {"text": "A price", "colleague": cast.karl, "made_on": ago(40), **fields}
    return Promise.objects.create(account=account, **values)


def test_those_of_the_planned_meeting_come_in_their_order(cast, account):
    first, second = make_contact(account, "Zoe"), make_contact(account, "Adam")
    make_contact(account, "Bella")
    meeting = planned(account, first, second)
    found = brief(cast.karl, account, touchpoint_id=meeting.pk)
    assert [guest.name for guest in found.coming] == ["Zoe", "Adam"]
    assert [guest.name for guest in found.others] == ["Bella"]
    assert found.touchpoint == meeting and found.is_chosen


def test_people_may_be_chosen_and_those_of_other_accounts_are_not(cast, account):
    mine = make_contact(account, "Zoe")
    other = make_contact(make_account(owner=cast.kim), "Foreign")
    found = brief(cast.karl, account, people=[other.pk, mine.pk])
    assert [guest.name for guest in found.coming] == ["Zoe"]


def test_without_a_meeting_those_whose_word_weighs_are_shown(cast, account):
    make_contact(account, "Without power")
    strong = make_contact(account, "Strong")
    make_observation(strong, "power", "3")
    found = brief(cast.karl, account)
    assert [guest.name for guest in found.coming] == ["Strong"]
    assert not found.is_chosen


def test_a_meeting_that_took_place_or_is_elsewhere_is_not_prepared(cast, account):
    done = make_touchpoint(account, make_contact(account, "Zoe"))
    elsewhere = planned(make_account(owner=cast.kim))
    for meeting in (done, elsewhere):
        found = brief(cast.karl, account, touchpoint_id=meeting.pk)
        assert found.touchpoint is None and not found.is_chosen


def test_guests_carry_what_is_known_with_its_age(cast, account):
    zoe = make_contact(account, "Zoe")
    make_observation(zoe, "stance", "4", days_ago=400)
    make_observation(zoe, "sore_spot", "late lorries", days_ago=3)
    make_observation(zoe, "preference", "tea")
    guest = brief(cast.karl, account, people=[zoe.pk]).coming[0]
    assert (guest.stance.label, guest.stance.is_stale) == ("supports us", True)
    assert (guest.sore_spot.label, guest.preference.label) == ("late lorries", "tea")


def test_private_notes_are_for_managers_only(cast, account):
    zoe = make_contact(account, "Zoe")
    ContactNote.objects.create(contact=zoe, account=account, text="An operation")
    assert brief(cast.karl, account, people=[zoe.pk]).coming[0].position.note == "An operation"
    assert brief(cast.anna, account, people=[zoe.pk]).coming[0].position.note is None


def test_changes_are_those_since_the_last_meeting(cast, account):
    make_touchpoint(account, days_ago=30)
    make_touchpoint(account, days_ago=5, channel="call")
    gone = make_contact(account, "Jutta", valid_to=ago(20))
    make_contact(account, "Hired", valid_from=ago(10), title="Buyer")
    make_contact(account, "", title="Head of finance", valid_from=ago(10))
    make_contact(account, "Left before", valid_to=ago(50))
    make_observation(make_contact(account, "Zoe"), "stance", "2", days_ago=4)
    make_observation(gone, "stance", "2", days_ago=60)
    DossierEntry.objects.create(account=account, section="goals", text="Fewer formats", day=ago(3))
    promised(cast, account, state="kept", settled_on=ago(6))
    promised(cast, account, text="Older", state="kept", settled_on=ago(60))
    TierSpan.objects.create(account=account, tier="B", valid_from=ago(400), valid_to=ago(9))
    TierSpan.objects.create(account=account, tier="C", valid_from=ago(9))
    found = brief(cast.karl, account)
    assert found.rows.since == ago(30)
    assert [change.text for change in found.changes] == [
        "Goals: Fewer formats",
        "Stance of Zoe: has reservations.",
        "We kept: A price.",
        "Tier C now, B before.",
        "Hired is new: Buyer.",
        "Jutta has left (Buyer).",
    ]


def test_what_happened_is_not_pushed_out_by_what_was_noticed(cast, account):
    make_touchpoint(account, days_ago=30)
    make_contact(account, "Jutta", valid_to=ago(20))
    for _ in range(9):
        make_observation(make_contact(account), "stance", "4", days_ago=1)
    found = brief(cast.karl, account)
    assert found.changes[-1].text == "Jutta has left (Buyer)."
    assert (len(found.changes), found.more_changes) == (7, 3)


def test_an_account_never_met_looks_back_a_quarter(cast, account):
    found = brief(cast.karl, account)
    assert (found.rows.since, found.rows.was_met) == (ago(90), False)
    assert found.told == []


def test_promises_are_open_ones_the_latest_first(cast, account):
    promised(cast, account, text="No date")
    promised(cast, account, text="Ahead", due=ago(-9))
    promised(cast, account, text="Late", due=ago(9), is_ours=False)
    promised(cast, account, text="Kept", state="kept", settled_on=ago(1))
    promised(cast, make_account(owner=cast.karl), text="Elsewhere")
    due = brief(cast.karl, account).promises
    assert [(one.promise.text, one.late) for one in due] == [
        ("Late", 9),
        ("Ahead", -9),
        ("No date", None),
    ]


def test_orders_are_set_against_the_year_before(cast, account):
    today = timezone.localdate()
    Scoring.objects.create(pk=1, as_of=today, first_day=ago(1200), whole=True, total=100)
    AccountScore.objects.filter(account=account).update(
        revenue=Decimal(80), revenue_before=Decimal(100), last_order=ago(61), amber_day=ago(9),
        alarm_day=ago(2), usual_gap=28,
    )  # fmt: skip
    for days in (61, 120, 180, 240):
        AccountDay.objects.create(account=account, day=ago(days), net=Decimal(20), lines=1)
    films = ServiceLine.objects.create(code="film", names={"en": "Films"})
    ServiceMonth.objects.create(
        account=account, service_line=films, month=ago(61).replace(day=1), net=Decimal(20), lines=1
    )
    found = brief(cast.karl, account)
    assert found.orders.change == pytest.approx(-0.2)
    assert (found.orders.silent_days, found.orders.is_unusual) == (61, True)
    assert found.rows.bought == ["Films"]
    assert len(found.orders.months) == 12
    assert max(month.height for month in found.orders.months) == 48
    assert [change.text for change in found.changes] == ["Orders of 20\xa0€ since then."]
    make_touchpoint(account, days_ago=40)
    assert [change.text for change in brief(cast.karl, account).changes] == ["No order since then."]


def test_before_the_first_night_there_are_no_orders(cast, account):
    assert brief(cast.karl, account).orders is None


def test_holes_and_gaps_are_named(cast, account):
    make_contact(account, "Zoe", role="purchasing")
    make_contact(account, "", role="decision_maker")
    DossierEntry.objects.create(account=account, section="goals", text="Grow", day=ago(900))
    found = brief(cast.karl, account)
    assert [role.code for role in found.holes] == ["decision_maker"]
    assert [section.code for section in found.missing] == ["needs", "competitors", "figures"]
    assert [section.code for section in found.aged] == ["goals"]


def test_only_what_stands_in_the_dossier_is_shown(cast, account):
    keep = {"account": account}
    DossierEntry.objects.create(section="goals", text="Old", day=ago(90), **keep)
    DossierEntry.objects.create(section="goals", text="New", day=ago(9), **keep)
    gone = {"section": "competitors", "title": "Verpa", **keep}
    DossierEntry.objects.create(text="A tenth", day=ago(50), **gone)
    DossierEntry.objects.create(is_gone=True, day=ago(5), **gone)
    known = brief(cast.karl, account).known
    assert [entry.text for section in known for entry in section.entries] == ["New"]


def test_three_questions_say_why(cast, account):
    zoe = make_contact(account, "Zoe", role="purchasing")
    make_observation(zoe, "stance", "2", days_ago=3)
    promised(cast, account, text="A price for Poland", due=ago(35))
    found = brief(cast.karl, account, people=[zoe.pk])
    assert [question.text for question in found.questions] == [
        "We owe you “A price for Poland”: by when do you need it at the latest?",
        "What would we have to change for you to recommend us?",
        "Who takes this part with you: Decision maker?",
    ]
    assert found.questions[0].why.endswith("is 35 days late.")
    assert found.questions[1].why == "Zoe: “has reservations”, as seen 3 days ago."


@pytest.mark.parametrize("section", DossierSection.values)
def test_every_section_of_the_dossier_has_its_question(cast, account, section):
    set_tier(account, "A")
    for role in ("sponsor", "decision_maker", "champion", "purchasing", "technical", "finance"):
        make_contact(account, role, role=role)
    for other in set(DossierSection.values) - {section}:
        DossierEntry.objects.create(account=account, section=other, text="x", day=ago(1))
    [question] = brief(cast.karl, account).questions
    assert question.text.endswith("?")
    assert question.why.startswith("The dossier has nothing under")


def test_a_coverage_rule_that_is_not_met_becomes_a_question(cast, account):
    make_contact(account, "Zoe", role="purchasing")
    role = make_role("purchasing")
    CoverageRule.objects.create(tiers=["C"], role=role, access="3", strength=0, colleagues=0)
    CoverageRule.objects.create(tiers=["A"], role=role, access="3", strength=0, colleagues=0)
    CoverageRule.objects.create(tiers=["C"], role=make_role("sponsor"), access="3", strength=0)
    asked = [question.why for question in brief(cast.karl, account).questions]
    assert "Head of purchasing: 0 of 1 within reach (by appointment)." in asked
    make_observation(account.positions.get().contact, "access", "3")
    asked = [question.why for question in brief(cast.karl, account).questions]
    assert not any("within reach" in why for why in asked)


def test_the_checklist_is_made_concrete(cast, account):
    zoe = make_contact(account, "Zoe", honorific="Frau Zoe")
    make_observation(zoe, "sore_spot", "late lorries")
    make_observation(zoe, "preference", "tea")
    promised(cast, account)
    meeting = planned(account, zoe, place="Hamburg")
    items = {i.key: i for i in brief(cast.karl, account, touchpoint_id=meeting.pk).checklist}
    assert items["early"].note.endswith("Hamburg")
    assert items["manners"].note == "Frau Zoe"
    assert items["listen"].note == "Zoe: late lorries"
    assert items["finish"].note == "Zoe: tea"
    assert items["prepare"].note == "1 open promise of ours"


def test_tasks_are_those_of_the_account(cast, account):
    Task.objects.create(account=account, title="Call", owner=cast.karl, due=ago(1))
    Task.objects.create(account=account, title="Done", owner=cast.karl, state="done")
    Task.objects.create(title="Private", owner=cast.karl)
    assert [task.title for task in brief(cast.karl, account).tasks] == ["Call"]


def test_somebody_with_two_places_comes_once(cast, account):
    zoe = make_contact(account, "Zoe")
    elsewhere = make_account(owner=cast.karl)
    Position.objects.create(contact=zoe, account=elsewhere, title="Adviser", valid_from=ago(9))
    assert len(brief(cast.karl, account, people=[zoe.pk]).coming) == 1
