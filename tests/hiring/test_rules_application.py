from dataclasses import fields

from hiring.rules.application import Person


def test_four_things_are_asked_of_a_person_and_no_more():
    assert {field.name for field in fields(Person)} == {"name", "email", "phone", "city"}


def test_only_given_numbers_and_addresses_are_reaches():
    assert Person("A", "a@b.example").reaches == [("email", "a@b.example")]
    assert len(Person("A", "a@b.example", "+7").reaches) == 2
