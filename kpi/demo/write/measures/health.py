"""How managers see some of their customers, one figure set by hand, and three months of scores."""

import datetime as dt

from accounts.models import Account, AccountScore
from kpi.commands.health import refresh_health
from kpi.demo.write import World
from kpi.demo.write.measures.past import Past
from kpi.models import HealthOverride, Judgement

WEEKS = 12
JUDGED = 24
NOTES = {
    25: "Two deliveries came late; the buyer asks for a second source.",
    50: "The new head of purchasing compares prices, we have not met yet.",
    75: "The plant is content, the annual talks went well.",
    100: "They named us to a sister company.",
}


def write_health(world: World) -> None:
    """Once the ties are known; the last night scored is today's."""
    accounts = _largest()
    rng = world.rng(31)
    values = rng.choice([25, 50, 75, 75, 75, 100], size=len(accounts)).tolist()
    ages = rng.integers(1, 75, size=len(accounts)).tolist()
    Judgement.objects.bulk_create(
        Judgement(
            account=account, value=value, note=NOTES[value], day=world.day(age), by=account.owner,
            made_at=world.at(age, 16),
        )
        for account, value, age in zip(accounts, values, ages, strict=True)
    )  # fmt: skip
    if accounts:
        _override(world, accounts[-1])
    past = Past(world.day(7 * WEEKS))
    for week in range(WEEKS, 0, -1):
        past.show(world.day(7 * week))
        refresh_health(day=world.day(7 * week))
    past.show(world.today)
    refresh_health(day=world.today)


def _largest() -> list[Account]:
    rows = AccountScore.objects.filter(is_key=True, counts_with=None, account__owner__isnull=False)
    rows = rows.exclude(account__status="closed").select_related("account__owner")
    return [row.account for row in rows.order_by("-revenue", "account")[:JUDGED]]


def _override(world: World, account: Account) -> None:
    HealthOverride.objects.create(
        account=account, value=35, reason="Their board decides in two weeks whether to buy centrally.",
        valid_from=world.day(4), valid_to=world.today + dt.timedelta(days=14), by=account.owner,
        made_at=world.at(4, 9),
    )  # fmt: skip
