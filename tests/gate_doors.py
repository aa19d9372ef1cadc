"""Every door by which somebody could become owner or deputy of a key account.

A door is prepared while the account is still an ordinary one, then somebody knocks. `through` says
which places in the source it goes through (tests/accounts/test_gate_doors.py finds them all), `who`
who gets through it when the gate lets the person in; `until_then` whether a director's override
opens it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from accounts.commands import control, merge
from accounts.commands.assignment import assign_account, assign_accounts
from accounts.commands.cover import agree_cover
from accounts.commands.departure import leave_suddenly, undo_departure
from accounts.commands.handover import plan_handover
from accounts.commands.handover_switch import hand_back, hand_over
from accounts.jobs import gate_tick
from accounts.models import Account, Cover, Handover
from accounts.queries.handover_lines import Lines
from people.models import User, company_day
from tests.care import make_absence
from tests.cast import Cast, make_account
from tests.gate import make_key

OWNER, DEPUTY = "owner", "deputy"
EVERYBODY = frozenset(Cast.__dataclass_fields__)
DIRECTORS, WHO_OWNS_TOO = frozenset({"dora"}), frozenset({"dora", "lena"})


@dataclass
class Scene:
    """Karl knocks at Hansa, which is Lena's unless a door is prepared otherwise."""

    cast: Cast
    role: str
    key: Account
    kept: dict = field(default_factory=dict)

    def give(self, account: Account, user: User, role: str, **more) -> None:
        values = {"start": company_day(), **more}
        assign_account(actor=self.cast.dora, account_id=account.pk, user=user, role=role, **values)

    def hold(self, account: Account) -> None:
        """Karl has the role there while nothing stops him."""
        if self.role == OWNER:
            for row in account.assignments.owners().exclude(user=self.cast.karl):
                row.delete()
        self.give(account, self.cast.karl, self.role)


@dataclass(frozen=True)
class Door:
    through: frozenset[str]
    who: dict[str, frozenset[str]]
    knock: Callable[[Scene, Client], object]
    prepare: Callable[[Scene], object] = lambda scene: None
    until_then: bool = True


def form(scene: Scene, client: Client, **more) -> object:
    data = {"user": scene.cast.karl.pk, "role": scene.role, "start": company_day().isoformat()}
    return client.post(reverse("accounts:assignment_create", args=[scene.key.pk]), data | more)


def bulk(scene: Scene, client: Client) -> object:
    other = make_account(owner=scene.cast.lena)
    data = {
        "ids": [scene.key.pk, other.pk], "user": scene.cast.karl.pk, "role": scene.role,
        "start": company_day().isoformat(),
    }  # fmt: skip
    answer = client.post(reverse("accounts:assign_many"), data)
    both = {other.pk, scene.key.pk}
    done = scene.cast.karl.assignments.filter(account__in=both, role=scene.role)
    assert len(set(done.values_list("account", flat=True))) in (0, 2), "all or none"
    return answer


def taken_in_bulk(scene: Scene) -> None:
    scene.hold(scene.key)
    event = assign_accounts(
        actor=scene.cast.dora, account_ids=[scene.key.pk], user=scene.cast.lena, role=OWNER,
        start=company_day(),
    )  # fmt: skip
    scene.kept["event"] = event.pk


def undo_bulk(scene: Scene, client: Client) -> object:
    return client.post(reverse("accounts:assign_undo", args=[scene.kept["event"]]))


def come_back(scene: Scene, client: Client) -> object:
    """Lena owns it for a month: after it the owner before her continues."""
    end = company_day().replace(year=company_day().year + 1)
    return form(scene, client, user=scene.cast.lena.pk, to=end.isoformat())


def held_elsewhere(scene: Scene) -> None:
    scene.kept["absorbed"] = make_account(owner=scene.cast.lena)
    scene.hold(scene.kept["absorbed"])
    if scene.role == OWNER:
        scene.key.assignments.all().delete()


def merged(scene: Scene, client: Client) -> object:
    pair = [scene.key.pk, scene.kept["absorbed"].pk]
    return client.post(reverse("accounts:account_merge", args=pair))


def merged_away(scene: Scene) -> None:
    scene.hold(scene.key)
    survivor = make_account(owner=scene.cast.lena)
    scene.kept["merge"] = merge.merge_accounts(
        actor=scene.cast.dora, survivor_id=survivor.pk, absorbed_id=scene.key.pk
    )


def undo_merge(scene: Scene, client: Client) -> object:
    return client.post(reverse("accounts:merge_undo", args=[scene.kept["merge"].pk]))


def created(scene: Scene, client: Client) -> None:
    """Nobody asks at a new account's birth; when it turns out to be key somebody does."""
    data = {"name": "Brand new", "owner": scene.cast.karl.pk, "status": "active"}
    client.post(reverse("accounts:account_create"), data)
    made = Account.objects.filter(name="Brand new").first()
    if made is not None:
        scene.key.refresh_from_db(fields=["grade_needed"])
        Account.objects.filter(pk=made.pk).update(grade_needed=scene.key.grade_needed)
        scene.key = make_key(made)
        gate_tick()


def holds(scene: Scene) -> None:
    scene.hold(scene.key)


def becomes_key(scene: Scene, client: Client) -> None:
    gate_tick()


def controlled(scene: Scene) -> None:
    scene.hold(scene.key)
    scene.kept["control"] = control.take_control(
        actor=scene.cast.dora, account_id=scene.key.pk, director=scene.cast.dora, reason="review"
    )


def undo_control(scene: Scene, client: Client) -> None:
    """By command, as those that follow: their pages only call them."""
    control.undo_control(actor=client.actor, control_id=scene.kept["control"].pk)


def asked_to_stand_in(scene: Scene) -> None:
    away = make_absence(scene.cast.lena, start=0, to=10)
    scene.kept["cover"] = Cover.objects.create(
        absence=away, account=scene.key, substitute=scene.cast.karl
    )


def stand_in(scene: Scene, client: Client) -> None:
    agree_cover(actor=client.actor, cover_id=scene.kept["cover"].pk)


def begin_handover(scene: Scene, client: Client) -> None:
    """Who is to have it reads it from then on, beside the manager."""
    plan_handover(
        actor=client.actor, account_id=scene.key.pk, to_user=scene.cast.karl, cause="load",
        planned_for=company_day(),
    )  # fmt: skip


def made_handover(scene: Scene, giver: User, taker: User) -> Handover:
    return Handover.objects.create(
        account=scene.key, from_user=giver, to_user=taker, cause="load", tier="A",
        planned_for=company_day(), former_stays=False,
    )  # fmt: skip


def switch(scene: Scene, handover: Handover) -> None:
    lines = Lines(handover, (), (), (), (), (), None, (), None, ())
    hand_over(handover, lines, actor=scene.cast.dora, today=company_day())


def accept(scene: Scene, client: Client) -> None:
    """Only the step that changes the owner: who may take it, other tests ask."""
    switch(scene, made_handover(scene, scene.cast.lena, scene.cast.karl))


def handed_to_lena(scene: Scene) -> None:
    scene.hold(scene.key)
    scene.kept["handover"] = made_handover(scene, scene.cast.karl, scene.cast.lena)
    switch(scene, scene.kept["handover"])


def take_handover_back(scene: Scene, client: Client) -> None:
    hand_back(scene.kept["handover"], actor=client.actor, today=company_day())


def gone(scene: Scene) -> None:
    scene.hold(scene.key)
    scene.kept["left"] = leave_suddenly(
        actor=scene.cast.dora, user=scene.cast.karl, heir=scene.cast.lena
    )


def back_again(scene: Scene, client: Client) -> None:
    undo_departure(actor=client.actor, departure_id=scene.kept["left"].pk)


DOORS = {
    "form": Door(
        through=frozenset({"assignment._assign:place"}),
        who={OWNER: DIRECTORS, DEPUTY: WHO_OWNS_TOO}, knock=form,
    ),
    "bulk": Door(
        through=frozenset({"assignment._assign:place"}),
        who={OWNER: DIRECTORS, DEPUTY: WHO_OWNS_TOO}, knock=bulk,
    ),
    "undo of bulk": Door(
        through=frozenset({"assignment.undo_assign_accounts:take_back"}),
        who={OWNER: DIRECTORS}, prepare=taken_in_bulk, knock=undo_bulk,
    ),
    "after a time": Door(
        through=frozenset({"assignment._assign:place"}),
        who={OWNER: DIRECTORS}, prepare=holds, knock=come_back, until_then=False,
    ),
    "merge": Door(
        through=frozenset({"merge._move_assignments:place"}),
        who={OWNER: DIRECTORS, DEPUTY: DIRECTORS}, prepare=held_elsewhere, knock=merged,
    ),
    "undo of merge": Door(
        through=frozenset({"merge._restore_assignments:take_back"}),
        who={OWNER: DIRECTORS, DEPUTY: DIRECTORS}, prepare=merged_away, knock=undo_merge,
    ),
    "new account": Door(
        through=frozenset({"account._first_owner:place"}),
        who={OWNER: frozenset({"dora", "karl"})}, knock=created, until_then=False,
    ),
    "undo of control": Door(
        through=frozenset({"control.undo_control:take_back"}),
        who={OWNER: DIRECTORS}, prepare=controlled, knock=undo_control,
    ),
    "cover": Door(
        through=frozenset({"cover.let_in:place"}),
        who={DEPUTY: frozenset({"dora", "karl"})}, prepare=asked_to_stand_in, knock=stand_in,
    ),
    "beginning of a handover": Door(
        through=frozenset({"handover._let_read:place"}),
        who={DEPUTY: WHO_OWNS_TOO}, knock=begin_handover,
    ),
    "handover": Door(
        through=frozenset({"handover_switch.hand_over:place"}),
        who={OWNER: EVERYBODY}, knock=accept,
    ),
    "undo of handover": Door(
        through=frozenset({"handover_switch.hand_back:take_back"}),
        who={OWNER: EVERYBODY}, prepare=handed_to_lena, knock=take_handover_back,
    ),
    "undo of departure": Door(
        through=frozenset({"departure.undo_departure:take_back"}),
        who={OWNER: DIRECTORS}, prepare=gone, knock=back_again,
    ),
}  # fmt: skip
STAYING = Door(through=frozenset(), who={}, prepare=holds, knock=becomes_key)
# Calls that put in a director or a helper of the team, or nobody but whom `place` lets in, which
# their own tests try: what goes to an heir, what is given for a probation.
HARMLESS = frozenset(
    {
        "control.take_control:place", "control._keep_helping:place", "gate._step_aside:step_aside",
        "handover_switch._keep_former:place", "leaving_accounts.give_others:place",
        "leaving_accounts.end_the_rest:place", "probation_accounts._give:place",
        "probation_accounts._place:place",
    }
)  # fmt: skip
