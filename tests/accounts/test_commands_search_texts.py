"""Rows made in bulk are found like those of single commands."""

from accounts.commands import search_texts
from accounts.commands.contact import create_contact
from accounts.commands.task import create_task
from tests.cast import make_account, make_cast


def test_a_person_is_found_by_the_same_words(db):
    cast = make_cast()
    account = make_account(owner=cast.karl)
    made = create_contact(
        actor=cast.karl,
        account_id=account.pk,
        name="Виктория Остроградская",
        other_name="Viktoria Ostrogradskaya",
        reaches=[("email", "v@example.org")],
    )
    text = search_texts.of_contact(
        "Виктория Остроградская", "Viktoria Ostrogradskaya", "v@example.org"
    )
    assert text == made.search_text
    plain = search_texts.plain_names("Виктория Остроградская", "Viktoria Ostrogradskaya")
    assert plain == {"plain_name": made.plain_name, "plain_other": made.plain_other}


def test_a_task_is_found_by_the_same_words(db):
    cast = make_cast()
    made = create_task(actor=cast.karl, title="Отправить образцы", note="Матовый лак")
    assert search_texts.of_task("Отправить образцы", "Матовый лак") == made.search_text


def test_a_touchpoint_is_found_by_all_that_was_said():
    text = search_texts.of_touchpoint("Аудит", "Замечаний нет", "Самара")
    assert all(word in text for word in ("аудит", "audit", "замечании", "самара"))
