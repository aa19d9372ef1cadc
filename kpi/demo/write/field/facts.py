"""Observations as somebody would have entered them, in the order of their days."""

from accounts.models import Observation
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH


def write_facts(world: World) -> None:
    plans = [(field.index, fact) for field in world.fields for fact in field.facts]
    plans.sort(key=lambda pair: -pair[1].ago)
    Observation.objects.bulk_create(
        (
            Observation(
                account=world.accounts[index],
                contact=world.contacts[index, fact.who],
                fact=fact.fact,
                value=fact.value,
                colleague=world.users[fact.colleague] if fact.colleague else None,
                day=world.day(fact.ago),
                evidence=None if fact.touch is None else world.touchpoints[index, fact.touch],
                confidence=fact.confidence,
                author=world.users[fact.author],
                recorded_at=world.at(fact.ago, 17, 45),
            )
            for index, fact in plans
        ),
        batch_size=BATCH,
    )
