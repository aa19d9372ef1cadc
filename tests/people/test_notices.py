from accounts.queries import notices as of_accounts
from people import notices


def test_a_section_is_registered_once():
    def make(user, day):
        return None

    before = list(notices.SECTIONS)
    notices.register_section(make)
    notices.register_section(make)
    assert [*before, make] == notices.SECTIONS
    notices.SECTIONS.remove(make)


def test_the_navigation_counts_what_is_overdue():
    assert notices.COUNTS["/"].__module__ == "accounts.queries.tasks"
    assert of_accounts.TASK_GIVEN in notices.KINDS
