"""Whatever anybody tries with a vacancy, in any order, only declared steps happen (A17)."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from common.errors import RuleBroken
from hiring.commands import vacancy as commands
from hiring.models import Vacancy
from people.choices import Role
from people.models import Event, User
from tests.cast import make_company, make_user
from tests.recruiting import make_profile

ADVERT = {"en": {"title": "Key account manager", "intro": "Keep our largest customers."}}
PEOPLE = {
    "author": {"recruiter"}, "colleague": {"recruiter"}, "director": {"director"},
    "both": {"recruiter", "director"}, "writing_director": {"recruiter", "director"},
    "seller": {"kam"},
}  # fmt: skip
DECLARED = """
recruiter draft propose proposed     director proposed approve approved
recruiter proposed withdraw draft    director proposed send_back draft
recruiter approved revise draft      recruiter held revise draft
recruiter approved publish open      recruiter held resume open
recruiter open hold held             director open hold held
recruiter open fill filled           recruiter held fill filled
recruiter draft close closed         director draft close closed
recruiter approved close closed      director approved close closed
recruiter open close closed          director open close closed
recruiter held close closed          director held close closed
recruiter filled reopen held         recruiter closed reopen draft
"""
WAYS = DECLARED.split()
TABLE = {tuple(WAYS[n : n + 3]): WAYS[n + 3] for n in range(0, len(WAYS), 4)}
ACTIONS = sorted({action for _role, _state, action in TABLE})


class Reference:
    """A vacancy as it ought to be: one table, one rule about authors, one about terms."""

    def __init__(self, author: str):
        self.state, self.openings, self.version = "draft", 1, 1
        self.creator, self.proposer, self.approved = author, None, None
        self.past = []

    def try_step(self, who: str, action: str) -> bool:
        to = {TABLE.get((role, self.state, action)) for role in PEOPLE[who]} - {None}
        if not to or (action in ("approve", "send_back") and who in (self.creator, self.proposer)):
            return False
        self.past.append([self.state, *to])
        (self.state,) = to
        self.version += 1
        self.proposer = who if action == "propose" else self.proposer
        if action == "approve":
            self.approved = (who, self.openings)
        elif self.state == "draft":
            self.approved = None
        return True

    def try_edit(self, who: str, openings: int) -> bool:
        if "recruiter" not in PEOPLE[who] or (openings != self.openings and self.state != "draft"):
            return False
        self.version += openings != self.openings
        self.openings = openings
        return True


class Life(RuleBasedStateMachine):
    users: dict[str, User]

    def __init__(self):
        super().__init__()
        author = "writing_director" if Vacancy.objects.count() % 2 else "author"
        self.ought = Reference(author)
        self.pk = commands.create_vacancy(
            actor=self.users[author], profile_id=make_profile().pk, title="KAM", texts=ADVERT
        ).pk

    def attempt(self, command, who: str, **given) -> bool:
        try:
            command(actor=self.users[who], vacancy_id=self.pk, **given)
        except (RuleBroken, Vacancy.DoesNotExist):
            return False
        return True

    def attempt_step(self, who: str, action: str, **given) -> bool:
        reason = {"reason": "Why not"} if action in ("close", "send_back") else {}
        return self.attempt(getattr(commands, f"{action}_vacancy"), who, **reason, **given)

    @rule(who=st.sampled_from(sorted(PEOPLE)), action=st.sampled_from(ACTIONS))
    def step(self, who, action):
        assert self.attempt_step(who, action) == self.ought.try_step(who, action)

    @rule(pick=st.integers(0, 99))
    def step_that_leads_on(self, pick):
        ways = sorted(
            (who, action)
            for role, state, action in TABLE
            for who in PEOPLE
            if state == self.ought.state and role in PEOPLE[who]
        )
        who, action = ways[pick % len(ways)]
        assert self.attempt_step(who, action) == self.ought.try_step(who, action)

    @rule(who=st.sampled_from(sorted(PEOPLE)), action=st.sampled_from(ACTIONS))
    def step_from_an_old_page(self, who, action):
        assert not self.attempt_step(who, action, version=self.ought.version - 1)

    @rule(who=st.sampled_from(sorted(PEOPLE)), openings=st.integers(1, 3))
    def change_the_terms(self, who, openings):
        version = self.ought.version
        done = self.attempt(commands.edit_vacancy, who, version=version, openings=openings)
        assert done == self.ought.try_edit(who, openings)

    @invariant()
    def it_stands_as_it_ought_to(self):
        row, ought = Vacancy.objects.get(pk=self.pk), self.ought
        assert (row.state, row.openings, row.version) == (
            ought.state, ought.openings, ought.version
        )  # fmt: skip
        approver = ought.approved and self.users[ought.approved[0]]
        assert row.approved_by == approver
        assert row.state not in ("approved", "open", "held") or ought.approved[1] == row.openings
        record = Event.objects.about(row).order_by("pk")
        changes = [one.data.get("changes", {}) for one in record]
        steps = [one["state"] for one in changes if "state" in one]
        assert steps == ought.past


@pytest.mark.django_db
@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.heavy)])
def test_only_declared_steps_happen_to_a_vacancy_in_any_order(count):
    make_company()
    Life.users = {
        name: make_user(name.title(), *(Role(role) for role in roles))
        for name, roles in PEOPLE.items()
    }
    run_state_machine_as_test(
        Life, settings=settings(max_examples=count, stateful_step_count=20, deadline=None)
    )
