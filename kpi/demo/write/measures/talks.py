"""What the director thinks of two managers, and talks with managers with what was agreed."""

from django.utils import translation

from accounts.models import Task
from kpi.choices import Mark
from kpi.commands.appraisal import assess_manager, share_appraisal
from kpi.commands.one_to_one import record_one_to_one
from kpi.demo.write import World
from kpi.demo.write.past import date_back
from kpi.models import Appraisal, OneToOne
from kpi.queries.chances import quarter_before
from people.models import Company, company_day

TALKS = [  # who leads, with whom, days ago, notes, points, days until they are due
    ("marina_sokolova", "anna_lindqvist", 18,
     "Hansa worries us both: the buyer has gone and nobody knows the new one. Tallinn stays with me until spring.",
     ["Name the new head of purchasing at Hansa", "An offer for Poland to Dr. Rautenberg"], -12),
    ("elena_vorontsova", "igor_lebedev", 9,
     "Самара растёт, но всё держится на одном человеке. По «Крепежу» маржа падает второй год.",
     ["Познакомиться с финансовым директором в Самаре", "Посчитать новую цену для «Уральского крепежа»"], -5),
]  # fmt: skip
JUDGED = [  # whom, in which word, why, shown to them
    ("igor_lebedev", Mark.ABOVE, "Молочный двор вырос на пятую часть, все встречи записаны. Маржа слабее.", True),
    ("lukas_brandt", Mark.AS_AGREED, "Took over Alpina without losing an order; small customers are called too seldom.", False),
]  # fmt: skip


def write_talks(world: World) -> None:
    """Once the figures are read: a talk keeps those of its day."""
    with translation.override(Company.current().language):
        for leader, manager, ago, notes, points, due in TALKS:
            _talk(world, leader, manager, ago, notes=notes, points=points, due=world.day(due))


def write_judgements(world: World) -> None:
    """Before the figures are read, for they are one of them."""
    for key, mark, note, is_shared in JUDGED:
        _judge(world, key, mark, note, is_shared=is_shared)


def _talk(world: World, leader: str, manager: str, ago: int, **said) -> None:
    talk = record_one_to_one(
        actor=world.users[leader], manager=world.users[manager], held_on=company_day(), **said
    )
    moment = world.at(ago, 16)
    OneToOne.objects.filter(pk=talk.pk).update(held_on=world.day(ago), recorded_at=moment)
    date_back(talk, moment, verb="one_to_one.recorded")
    for task in talk.points.all():
        Task.objects.filter(pk=task.pk).update(created_at=moment)
        date_back(task, moment, verb="task.created")


def _judge(world: World, key: str, mark: int, note: str, *, is_shared: bool) -> None:
    """The last quarter that was over."""
    director, last = world.users["marina_sokolova"], quarter_before(world.today)
    row = assess_manager(
        actor=director, manager=world.users[key], first=last.replace(month=last.month - 2, day=1),
        last=last, mark=mark, note=note,
    )  # fmt: skip
    moment = world.at(7, 17)
    Appraisal.objects.filter(pk=row.pk).update(made_at=moment)
    date_back(row, moment, verb="appraisal.made")
    if is_shared:
        share_appraisal(actor=director, appraisal_id=row.pk, is_shared=True)
        Appraisal.objects.filter(pk=row.pk).update(shared_at=moment)
        date_back(row, moment, verb="appraisal.shared")
