import datetime as dt

import pytest

from accounts.choices import CustomerLetterState as State
from accounts.commands import customer_letter as commands
from accounts.models import (
    Control,
    Cover,
    CustomerLetter,
    CustomerLetterTemplate,
    ManagerProfile,
    Touchpoint,
)
from common.errors import RuleBroken
from people.models import Absence, Departure, Event, company_day
from tests.caring import make_letter, make_powerful, make_watched

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_starting_set_has_every_kind_in_four_languages():
    assert commands.install_customer_letters() == 4
    assert commands.install_customer_letters() == 0
    for row in CustomerLetterTemplate.objects.all():
        for texts in (row.names, row.subjects, row.bodies):
            assert set(texts) == {"en", "ru", "es", "it"}
        for code in ("en", "ru", "es", "it"):
            assert not commands.rules.unknown_fields(row.subjects[code], row.bodies[code])
            assert "{greeting}" in row.bodies[code] and "—" not in row.bodies[code]
        fields = {code: set(commands.rules.fields_in(row.bodies[code])) for code in row.bodies}
        assert len({frozenset(found) for found in fields.values()}) == 1, fields


def test_people_with_power_are_drafted_for_in_their_language(cast, account):
    ManagerProfile.objects.create(user=cast.kim, phone="+39 055 123")
    anna = make_powerful(account, "Anna Neri", languages=["it"], honorific="dott.ssa Neri")
    olga = make_powerful(account, "Olga Orlova", languages=["ru", "en"], power="2")
    make_powerful(account, "Watcher", power="1")
    handover = make_watched(account, cast.kim, from_user=cast.karl)
    letters = commands.draft_letters(
        actor=cast.karl, account=account, kind="handover", handover=handover
    )
    assert [letter.contact for letter in letters] == [anna, olga]
    first, second = letters
    assert (first.language, second.language) == ("it", "ru")
    assert first.body.startswith("Buongiorno dott.ssa Neri,")
    assert second.body.startswith("Здравствуйте, Olga Orlova!")
    assert (
        "Kim" in first.subject and "+39 055 123" in first.body and "kim@example.org" in first.body
    )
    assert first.address == "anna@customer.example" and first.state == State.DRAFT
    assert not commands.queries.open_words(first)
    assert Event.objects.filter(verb="account.letters_drafted").count() == 1


def test_drafting_the_same_occasion_again_adds_nothing(cast, account):
    make_powerful(account, "Anna Neri")
    handover = make_watched(account, cast.kim, from_user=cast.karl)
    kinds = {"actor": cast.dora, "account": account, "kind": "handover", "handover": handover}
    assert commands.draft_letters(**kinds) == commands.draft_letters(**kinds)
    commands.discard_letter(actor=cast.dora, letter_id=CustomerLetter.objects.get().pk)
    assert len(commands.draft_letters(**kinds)) == 1
    assert CustomerLetter.objects.count() == 2


def test_a_departure_names_who_left_and_who_answers_now(cast, account):
    make_powerful(account, "Anna Neri", languages=["en"])
    departure = Departure.objects.create(user=cast.karl, kind="resigned", last_day=company_day())
    control = Control.objects.create(
        account=account, director=cast.dora, former=cast.karl, reason="left", departure=departure,
        valid_from=company_day(), valid_to=company_day() + 60 * DAY,
    )  # fmt: skip
    (letter,) = commands.draft_letters(
        actor=cast.dora, account=account, kind="departure", control=control
    )
    assert letter.departure == departure and letter.control == control
    assert "Karl no longer works for Severpack" in letter.body
    assert letter.body.rstrip().endswith("Dora\nSeverpack")
    assert "{" not in letter.body  # nobody's phone is known: that line went


def test_an_absence_says_until_when(cast, account):
    make_powerful(account, "Anna Neri")
    absence = Absence.objects.create(
        user=cast.karl, kind="holiday", valid_from=dt.date(2026, 12, 1),
        valid_to=dt.date(2026, 12, 15),
    )  # fmt: skip
    cover = Cover.objects.create(absence=absence, account=account, substitute=cast.lena)
    (letter,) = commands.draft_letters(
        actor=cast.karl, account=account, kind="absence", cover=cover
    )
    words = letter.body.replace("\xa0", " ")
    assert "from 1 December 2026" in words and "away is 14 December 2026" in words
    assert "Lena stands in" in words


def test_without_people_of_power_whoever_is_reached_by_mail_is_written_to(cast, account):
    make_powerful(account, "Anna", power="1")
    make_powerful(account, "Bert", power="1", email="")
    letters = commands.draft_letters(actor=None, account=account, kind="departure")
    assert [letter.contact.name for letter in letters] == ["Anna"]


def test_with_nobody_known_the_house_is_written_to(cast, account):
    (letter,) = commands.draft_letters(actor=cast.dora, account=account, kind="departure")
    assert letter.contact is None and letter.body.startswith("Dear Sir or Madam,")
    assert "old_manager" in commands.queries.open_words(letter)


@pytest.mark.parametrize("who", ["lena", "anna", "kim", "rita", "ivan", "adam", "sam"])
def test_only_its_manager_and_directors_write(cast, account, who):
    user = getattr(cast, who)
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna Neri"))
    with pytest.raises(RuleBroken, match="its manager or a director"):
        commands.draft_letters(actor=user, account=account, kind="handover")
    for act in (
        commands.send_letter, commands.mark_printed, commands.discard_letter,
        commands.draft_again,
    ):  # fmt: skip
        with pytest.raises(CustomerLetter.DoesNotExist):
            act(actor=user, letter_id=letter.pk)
    with pytest.raises(CustomerLetter.DoesNotExist):
        commands.edit_letter(actor=user, letter_id=letter.pk, version=1, subject="x", body="y")
    assert CustomerLetter.objects.count() == 1


def test_who_reads_letters(cast, account):
    make_letter(cast.karl, account, make_powerful(account, "Anna Neri"))
    readers = {
        name for name in ("dora", "lena", "karl", "anna", "kim", "rita", "ivan", "adam", "sam")
        if CustomerLetter.objects.visible_to(getattr(cast, name)).exists()
    }  # fmt: skip
    assert readers == {"dora", "lena", "karl"}


def test_a_draft_is_changed_and_a_second_hand_is_told(cast, account):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna Neri"))
    changed = commands.edit_letter(
        actor=cast.karl, letter_id=letter.pk, version=letter.version, subject="One\nline",
        body=" Words\r\nhere ", address="a@b.example",
    )  # fmt: skip
    assert (changed.subject, changed.body) == ("One line", "Words\nhere")
    with pytest.raises(commands.Conflict):
        commands.edit_letter(
            actor=cast.dora, letter_id=letter.pk, version=letter.version, subject="x", body="y"
        )


@pytest.mark.parametrize(
    ("subject", "body", "address", "words"),
    [
        ("", "x", "", "subject and a text"),
        ("x", " ", "", "subject and a text"),
        ("x", "{salary}", "", "Unknown field"),
        ("x", "y", "nowhere", "no e-mail address"),
    ],
)
def test_what_a_letter_cannot_be(cast, account, subject, body, address, words):
    letter = make_letter(cast.karl, account)
    with pytest.raises(RuleBroken, match=words):
        commands.edit_letter(
            actor=cast.karl, letter_id=letter.pk, version=letter.version, subject=subject,
            body=body, address=address,
        )  # fmt: skip


def test_open_words_keep_a_letter_from_going(cast, account):
    letter = make_letter(
        cast.karl, account, make_powerful(account, "Anna"), body="{old_manager} is gone"
    )
    for act in (commands.send_letter, commands.mark_printed):
        with pytest.raises(RuleBroken, match="old_manager"):
            act(actor=cast.karl, letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == State.DRAFT


def test_without_an_address_it_is_printed(cast, account):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna", email=""))
    with pytest.raises(RuleBroken, match="No e-mail address"):
        commands.send_letter(actor=cast.karl, letter_id=letter.pk)
    commands.mark_printed(actor=cast.karl, letter_id=letter.pk)
    entry = Touchpoint.objects.get()
    assert (entry.channel, entry.direction, entry.subject) == ("mail", "ours", "A new manager")
    assert entry.contacts.get().name == "Anna"


def test_marked_printed_by_mistake_it_leaves_the_timeline(cast, account):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna"))
    commands.mark_printed(actor=cast.karl, letter_id=letter.pk)
    commands.draft_again(actor=cast.karl, letter_id=letter.pk)
    assert Touchpoint.objects.get().state == "removed"
    commands.mark_printed(actor=cast.karl, letter_id=letter.pk)
    assert Touchpoint.objects.get().state == "done"


def test_all_drafts_go_or_none(cast, account):
    good = make_letter(cast.karl, account, make_powerful(account, "Anna"))
    bad = make_letter(cast.karl, account, make_powerful(account, "Bert"), body="{old_manager}")
    versions = {good.pk: good.version, bad.pk: bad.version}
    with pytest.raises(RuleBroken, match="Bert: Still open"):
        commands.send_letters(actor=cast.karl, versions=versions)
    assert CustomerLetter.objects.filter(state=State.DRAFT).count() == 2
    assert commands.send_letters(actor=cast.karl, versions={good.pk: good.version}) == 1


def test_what_was_changed_after_reading_does_not_go(cast, account):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna"))
    with pytest.raises(RuleBroken, match="changed"):
        commands.send_letters(actor=cast.karl, versions={letter.pk: letter.version - 1})


def test_what_waits_can_be_taken_back_and_what_went_cannot(cast, account, run_jobs):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna"))
    commands.send_letter(actor=cast.karl, letter_id=letter.pk)
    assert commands.draft_again(actor=cast.karl, letter_id=letter.pk).state == State.DRAFT
    commands.send_letter(actor=cast.karl, letter_id=letter.pk)
    run_jobs()
    with pytest.raises(RuleBroken, match="has gone"):
        commands.draft_again(actor=cast.karl, letter_id=letter.pk)
    with pytest.raises(RuleBroken, match="has gone"):
        commands.mark_printed(actor=cast.karl, letter_id=letter.pk)
    assert commands.send_letter(actor=cast.karl, letter_id=letter.pk).state == State.SENT
