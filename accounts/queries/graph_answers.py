"""What the map answers in words: the fastest path, whom to move next, where all hangs on one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Level, Tier
from accounts.models import Task
from accounts.queries.graph import Bond, Colleague, Person, Picture
from accounts.queries.graph_coverage import RuleAnswer, rule_answers, rule_task
from accounts.rules import graph as rules
from common import formats
from common.ids import row_id
from people.models import User

MOST_MOVES = 3


@dataclass(frozen=True)
class Step:
    """One station of a path: who, and what leads there."""

    name: str
    detail: str
    key: str
    is_ours: bool


@dataclass(frozen=True)
class PathAnswer:
    target: Person | None
    choices: tuple[Person, ...]
    sentence: str
    steps: tuple[Step, ...] = ()
    chance: float | None = None


@dataclass(frozen=True)
class MoveAnswer:
    person: Person
    sentence: str
    why: str
    cause: str
    task: Task | None


@dataclass(frozen=True)
class Side:
    """Threads of one side: theirs or ours."""

    sentence: str
    names: int
    threads: float
    key: str


@dataclass(frozen=True)
class Answers:
    path: PathAnswer
    moves: tuple[MoveAnswer, ...]
    not_wanted: str
    theirs: Side | None
    ours: Side | None
    bow_tie: float | None
    bow_tie_says: str
    coverage: float | None
    score: float | None
    rules: tuple[RuleAnswer, ...]
    gaps: tuple[str, ...]
    disagreeing: tuple[tuple[Person, str], ...]

    @property
    def unmet(self) -> list[RuleAnswer]:
        return [row for row in self.rules if not row.is_met]

    @property
    def next_rungs(self) -> list[RuleAnswer]:
        """Of each role the first rule that is not met: those above it wait for it."""
        first: dict[int | None, RuleAnswer] = {}
        for row in self.unmet:
            first.setdefault(row.rule.role_id, row)
        return list(first.values())

    @property
    def later_rungs(self) -> list[RuleAnswer]:
        now = self.next_rungs
        return [row for row in self.unmet if row not in now]

    @property
    def met(self) -> int:
        return sum(row.is_met for row in self.rules)


def answers(picture: Picture, reader: User, target: int | None = None) -> Answers:
    """`target`: the decider the path leads to; without one the most powerful. One query."""
    rows = Task.objects.visible_to(reader).open().filter(account=picture.account)
    tasks = {task.cause: task for task in rows.exclude(cause="").select_related("owner")}
    kept = rule_answers(picture, tasks)
    held: dict[int, list[float]] = {}
    for person in picture.people:
        if person.role_id and not person.is_hole:
            held.setdefault(person.role_id, []).append(person.strength)
    moves, not_wanted = _moves(picture, tasks)
    bow_tie, says = _bow_tie(picture)
    return Answers(
        path=path_answer(picture, target),
        moves=moves,
        not_wanted=not_wanted,
        theirs=_theirs(picture),
        ours=_ours(picture),
        bow_tie=bow_tie,
        bow_tie_says=says,
        coverage=rules.weighted_coverage((one.power, one.strength) for one in picture.people),
        score=rules.score((row.rule.importance, row.is_met) for row in kept),
        rules=kept,
        gaps=tuple(picture.required[role] for role in rules.role_gaps(picture.required, held)),
        disagreeing=tuple(
            (person, disagreement_words(picture, person))
            for person in picture.people
            if not person.is_hole and person.disagreement
        ),
    )


def deciders(picture: Picture) -> tuple[Person, ...]:
    """Everybody on the map, those with power first."""
    return tuple(sorted(picture.people, key=lambda one: (-one.power, one.words.casefold())))


def path_answer(picture: Picture, target: int | None = None) -> PathAnswer:
    choices = deciders(picture)
    person = picture.by_id.get(target or 0) or (choices[0] if choices else None)
    if person is None:
        return PathAnswer(None, (), _("There is nobody on the map yet."))
    path = picture.paths.get(person.id)
    if path is None:
        words = _(
            "No tie of ours leads to %(name)s yet. Meet somebody close, or draw who has their ear."
        )
        return PathAnswer(person, choices, words % {"name": person.words})
    colleague = picture.colleagues_by_id[path.colleague]
    steps = _steps(picture, path, colleague)
    words = {"ours": colleague.name, "name": person.words, "chance": formats.percent(path.chance)}
    if path.is_direct:
        sentence = _("%(ours)s knows %(name)s directly.") % words
    else:
        through = ", ".join(picture.by_id[one].words for one in path.people[:-1])
        sentence = _("%(ours)s reaches %(name)s through %(through)s.") % {
            **words, "through": through,
        }  # fmt: skip
    return PathAnswer(person, choices, sentence, steps, path.chance)


def _steps(picture: Picture, path: rules.Path, colleague: Colleague) -> tuple[Step, ...]:
    first = path.people[0]
    bond = next(
        bond
        for bond in picture.bonds
        if (bond.contact_id, bond.colleague_id) == (first, colleague.id)
    )
    found = [
        Step(colleague.name, "", f"u{colleague.id}", True),
        Step(picture.by_id[first].words, tie_words(bond), f"c{first}", False),
    ]
    for before, person, kind in zip(path.people, path.people[1:], path.kinds, strict=False):
        found.append(
            Step(
                picture.by_id[person].words,
                bridge_words(kind, picture.by_id[before].words),
                f"c{person}",
                False,
            )
        )
    return tuple(found)


def tie_words(bond: Bond) -> str:
    words = {"strength": formats.number(round(bond.strength)), "day": formats.ago(bond.last_on)}
    if bond.last_on is None:
        return _("tie %(strength)s of 100") % words
    return _("tie %(strength)s of 100, last contact %(day)s") % words


def bridge_words(kind: str, name: str) -> str:
    """Why the way goes on from `name` to the next."""
    sentences = {
        "reports": _("superior of %(name)s"),
        "manages": _("reports to %(name)s"),
        "influences": _("listens to %(name)s"),
        "influenced": _("influences %(name)s"),
    }
    return sentences[kind] % {"name": name}


def _moves(picture: Picture, tasks: dict[str, Task]) -> tuple[tuple[MoveAnswer, ...], str]:
    people = [
        (person.id, person.power, person.value("level"), person.value("level_wanted"))
        for person in picture.people
    ]
    found = []
    for move in rules.moves(people, picture.paths)[:MOST_MOVES]:
        person = picture.by_id[move.person]
        now = person.facts.get("level")
        words = {
            "now": now.label if now else _("no relationship recorded"),
            "wanted": person.facts["level_wanted"].label,
        }
        cause = f"move:{person.id}"
        found.append(
            MoveAnswer(
                person,
                _("%(now)s today, %(wanted)s wanted") % words,
                _why_move(picture, person),
                cause,
                tasks.get(cause),
            )
        )
    unsaid = sum(power >= rules.KEY_POWER and not wanted for _id, power, _now, wanted in people)
    words = ""
    if unsaid:
        words = ngettext(
            "For %(n)s person with power nobody has said which relationship we want.",
            "For %(n)s people with power nobody has said which relationship we want.",
            unsaid,
        ) % {"n": formats.number(unsaid)}
    return tuple(found), words


def _why_move(picture: Picture, person: Person) -> str:
    power = person.facts["power"].label
    path = picture.paths.get(person.id)
    if path is None:
        return _("%(power)s; no way leads there yet") % {"power": power}
    words = {"power": power, "ours": picture.colleagues_by_id[path.colleague].name}
    if path.is_direct:
        return _("%(power)s; %(ours)s is in touch") % words
    return _("%(power)s; the way leads from %(ours)s") % words


def _theirs(picture: Picture) -> Side | None:
    held = {person.id: person.weight for person in picture.people if person.weight >= 1}
    if not held:
        return None
    top = picture.by_id[max(held, key=lambda key: held[key])]
    words = {"name": top.words, "loss": formats.percent(rules.departure_loss(held.values()))}
    sentence = _("If %(name)s leaves, %(loss)s of the relationship goes.") % words
    return Side(sentence, len(held), rules.effective_threads(held.values()), f"c{top.id}")


def _ours(picture: Picture) -> Side | None:
    held = {one.id: one.strength for one in picture.colleagues if one.strength >= 1}
    if not held:
        return None
    top = picture.colleagues_by_id[max(held, key=lambda key: held[key])]
    words = {"name": top.name, "loss": formats.percent(rules.departure_loss(held.values()))}
    sentence = _("If %(name)s of ours leaves, %(loss)s goes.") % words
    return Side(sentence, len(held), rules.effective_threads(held.values()), f"u{top.id}")


def _bow_tie(picture: Picture) -> tuple[float | None, str]:
    owner = next((one for one in picture.colleagues if one.is_owner), None)
    if owner is None:
        return None, ""
    share = rules.bow_tie({one.id: one.strength for one in picture.colleagues}, owner.id)
    target = picture.settings.bow_tie_target / 100
    if share is None or picture.tier != Tier.A or share <= target:
        return share, ""
    words = {
        "share": formats.percent(share), "name": owner.name, "target": formats.percent(target)
    }  # fmt: skip
    return share, _(
        "%(share)s of all ties run through %(name)s; in tier A at most %(target)s is wanted."
    ) % words


def task_title(picture: Picture, cause: str) -> str:
    """What is to be done about a cause of this map; empty when there is no such cause."""
    kind, _colon, text = cause.partition(":")
    number = row_id(text)
    if number is None:
        return ""
    if kind == "rule":
        rule = next((one for one in picture.coverage_rules if one.pk == number), None)
        return rule_task(rule) if rule else ""
    person = picture.by_id.get(number)
    if kind != "move" or person is None or "level_wanted" not in person.facts:
        return ""
    words = {"name": person.words, "wanted": Level(person.facts["level_wanted"].value).label}
    return _("Move the relationship with %(name)s towards: %(wanted)s") % words


def disagreement_words(picture: Picture, person: Person) -> str:
    level = person.facts["level"].label
    if person.disagreement == "stronger":
        words = {"level": level, "strength": formats.number(round(person.strength))}
        return _("Recorded as “%(level)s”, yet the lived tie is %(strength)s of 100.") % words
    if person.last_two_way_on is None:
        return _("Recorded as “%(level)s”, yet there was no contact both ways.") % {"level": level}
    days = (picture.day - person.last_two_way_on).days
    return ngettext(
        "Recorded as “%(level)s”; last contact both ways %(days)s day ago.",
        "Recorded as “%(level)s”; last contact both ways %(days)s days ago.",
        days,
    ) % {"level": level, "days": formats.number(days)}
