"""Work in the field, written row by row kind: people, then what was said, then what came of it."""

from django.db import transaction

from kpi.demo.field.plan import plan_field
from kpi.demo.write import World
from kpi.demo.write.field.contacts import write_contacts
from kpi.demo.write.field.dossier import write_dossier
from kpi.demo.write.field.facts import write_facts
from kpi.demo.write.field.files import write_files
from kpi.demo.write.field.lines import write_lines
from kpi.demo.write.field.news import write_news
from kpi.demo.write.field.touchpoints import write_touchpoints
from kpi.demo.write.field.work import write_work


@transaction.atomic
def write_field(world: World) -> None:
    world.fields = plan_field(world.plans, today=world.today, rng=world.rng)
    write_contacts(world)
    write_lines(world)
    write_touchpoints(world)
    write_facts(world)
    write_work(world)
    write_news(world)
    write_dossier(world)
    write_files(world)
    people = sum(len(field.people) for field in world.fields)
    touches = sum(len(field.touches) for field in world.fields)
    world.say(f"{people} people at {len(world.fields)} customers, {touches} touchpoints")
