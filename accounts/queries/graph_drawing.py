"""The picture as the drawing script takes it: plain values, every word already written."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import LineKind
from accounts.queries.graph import Colleague, Person, Picture, sentence_of
from accounts.queries.people import Hole
from common import formats
from common.templatetags.kam import initials


def drawing(picture: Picture) -> dict:
    """Keys: c12 a person or an unknown one with a place, r3 a required role, u5 one of ours."""
    return {
        "people": [_person(picture, one) for one in picture.people]
        + [_empty(hole) for hole in picture.holes],
        "ours": [_colleague(one) for one in picture.colleagues],
        "lines": [_line(picture, edge) for edge in picture.edges],
        "ties": [
            {
                "from": f"u{bond.colleague_id}",
                "to": f"c{bond.contact_id}",
                "strength": round(bond.strength),
                "faded": bond.is_faded,
            }
            for bond in picture.bonds
        ],
    }


def _person(picture: Picture, person: Person) -> dict:
    x, y, version = picture.places.get(person.id, (None, None, 0))
    power, stance = person.facts.get("power"), person.facts.get("stance")
    tie = formats.number(round(person.strength))
    return {
        "key": f"c{person.id}",
        "id": person.id,
        "name": person.words,
        "title": person.title or person.role,
        "initials": initials(person.name) if person.name else "?",
        "hole": person.is_hole,
        "outside": person.kind != "staff",
        "role": person.role_id,
        "division": person.division_id,
        "power": person.power,
        "powerWords": power.label if power else _("power unknown"),
        "powerAge": _faded(power),
        "stance": person.stance,
        "stanceWords": stance.label if stance else _("stance unknown"),
        "stanceAge": _faded(stance),
        "tie": round(person.strength),
        "tieWords": _("tie %(strength)s") % {"strength": tie} if person.strength >= 1 else "",
        "risk": bool(picture.risks_of(person)),
        "uncovered": person.is_uncovered,
        "differs": bool(person.disagreement),
        "x": x,
        "y": y,
        "version": version,
        "label": label_of(picture, person),
    }


def _faded(fact) -> int:
    """0 fresh, 1 past its shelf life, 2 past twice that."""
    if fact is None or not fact.is_stale:
        return 0
    return 2 if fact.age_days > 2 * fact.shelf_days else 1


def label_of(picture: Picture, person: Person) -> str:
    """All the card shows, as a screen reader says it."""
    parts = [person.words, person.title or person.role]
    for fact in ("power", "stance"):
        known = person.facts.get(fact)
        if known and known.is_stale:
            parts.append(
                _("%(value)s (as of %(day)s)")
                % {"value": known.label, "day": formats.day(known.day)}
            )
        elif known:
            parts.append(known.label)
    if person.strength >= 1:
        parts.append(
            _("tie %(strength)s of 100") % {"strength": formats.number(round(person.strength))}
        )
    superior = picture.by_id.get(picture.superiors.get(person.id, 0))
    if superior:
        parts.append(_("reports to %(name)s") % {"name": superior.words})
    below = sum(above == person.id for above in picture.superiors.values())
    if below:
        parts.append(ngettext("%(n)s report", "%(n)s reports", below) % {"n": below})
    return ", ".join(part for part in parts if part)


def _empty(hole: Hole) -> dict:
    name = _("%(place)s, name unknown") % {"place": hole.role.name}
    return {
        "key": f"r{hole.role.pk}", "id": hole.role.pk, "name": name, "label": name,
        "title": _("required in this tier"), "initials": "?", "hole": True, "outside": False,
        "role": hole.role.pk, "division": None, "power": 0, "powerWords": "", "powerAge": 0,
        "stance": 0, "stanceWords": "", "stanceAge": 0, "tie": 0, "tieWords": "", "risk": False,
        "uncovered": True, "differs": False, "x": None, "y": None, "version": 0,
    }  # fmt: skip


def _colleague(one: Colleague) -> dict:
    share = formats.percent(one.share)
    label = _("%(name)s, ours: %(share)s of all ties") % {"name": one.name, "share": share}
    return {
        "key": f"u{one.id}", "id": one.id, "name": one.name, "title": one.function,
        "initials": initials(one.name), "owner": one.is_owner, "label": label,
        "share": share if one.strength >= 1 else "",
    }  # fmt: skip


def _line(picture: Picture, edge) -> dict:
    names = (picture.by_id[edge.start].words, picture.by_id[edge.end].words)
    words = sentence_of(edge.kind, *names)
    if edge.is_stale and edge.kind == LineKind.REPORTS_TO:
        words = _("%(line)s (as of %(day)s)") % {"line": words, "day": formats.day(edge.since)}
    return {
        "id": edge.id, "kind": edge.kind, "from": f"c{edge.start}", "to": f"c{edge.end}",
        "words": words, "stale": edge.is_stale,
    }  # fmt: skip


def risk_words(picture: Picture, person: Person) -> list[str]:
    """Why somebody is a risk, one sentence each."""
    words = {
        "stance": _("Has power, and not on our side."),
        "loss": _("%(share)s of the relationship goes with them.")
        % {"share": formats.percent(person.share)},
        "silent": _("Has power, and nobody was in touch since %(day)s.")
        % {"day": formats.day(person.last_on) if person.last_on else ""},
    }
    return [words[reason] for reason in picture.risks_of(person)]
