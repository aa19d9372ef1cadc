"""Position profiles: written, changed with a second editor in mind, copied, put away."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.commands.benchmark import install_benchmarks
from hiring.commands.competency import install_competencies
from hiring.models import Competency, PayBenchmark, Profile, ProfileCompetency
from people import verbs
from people.commands import record
from people.models import User

FIELDS = ("name", "grade", "seniority", "clients", "works", "segment", "duties", "must_haves",
          "knock_outs", "pay_from", "pay_to", "pay_currency", "commissions")  # fmt: skip
LISTS = ("must_haves", "knock_outs")
MOST_LINES = 40
LONGEST_LINE = 300
LONGEST_COMMISSION = 2000
MOST_WEIGHT = 100

verbs.register(
    {
        "profile.created": gettext_lazy("Profile written"),
        "profile.edited": gettext_lazy("Profile changed"),
        "profile.copied": gettext_lazy("Copied from “%(name)s”"),
        "profile.archived": gettext_lazy("Profile put away"),
        "profile.restored": gettext_lazy("Profile brought back"),
    }
)
verbs.register_elsewhere("hiring.profile", {"competencies": ("hiring.profilecompetency", "weight")})


class Conflict(RuleBroken):
    """Somebody saved first; `profile` is what stands now."""

    def __init__(self, profile: Profile):
        super().__init__(_("Somebody else has changed this profile since you opened the page."))
        self.profile = profile


def locked(profile_id: int, *, actor: User) -> Profile:
    """The profile, locked; Profile.DoesNotExist for whom it does not exist."""
    rows = Profile.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.get(pk=profile_id)


@transaction.atomic
def create_profile(
    *, actor: User, competencies: Iterable[tuple[int, int]] = (), **fields
) -> Profile:
    """A new profile; `competencies` are (competency's number, weight) in their order.

    The first one brings the competencies and the pay table a company starts from.
    """
    if not actor.hires:
        raise RuleBroken(_("Only recruiters and directors write profiles."))
    if not Competency.objects.exists():
        install_competencies()
    if not PayBenchmark.objects.exists():
        install_benchmarks()
    profile = Profile.objects.create(created_by=actor, **_checked(fields))
    _set_competencies(profile, competencies)
    record(actor=actor, verb="profile.created", target=profile)
    return profile


def _checked(values: dict) -> dict:
    """The values as they may be stored; RuleBroken says which may not."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a profile that people fill in: {sorted(unknown)}")
    if "name" in values:
        values["name"] = " ".join(values["name"].replace("\x00", "").split())
        if not values["name"]:
            raise RuleBroken(_("Give the profile a name."))
    for name in LISTS:
        if name in values:
            values[name] = plain_lines(values[name])
    if "commissions" in values:
        texts = {
            code: text.replace("\x00", "").strip()[:LONGEST_COMMISSION]
            for code, text in values["commissions"].items()
        }
        values["commissions"] = {code: text for code, text in texts.items() if text}
    low, high = values.get("pay_from"), values.get("pay_to")
    if low is not None and high is not None and low > high:
        raise RuleBroken(_("Pay from is above pay to."))
    return values


def plain_lines(lines: Iterable[str]) -> list[str]:
    """Sentences on one line each, without empty ones and without saying one twice."""
    found = (" ".join(line.replace("\x00", "").split())[:LONGEST_LINE] for line in lines)
    return list(dict.fromkeys(line for line in found if line))[:MOST_LINES]


def _set_competencies(profile: Profile, given: Iterable[tuple[int, int]]) -> list[list[int]] | None:
    """Keep the list as given; what it was as [[number, weight], …], None when it was the same."""
    wanted = [(pk, min(max(weight, 0), MOST_WEIGHT)) for pk, weight in given]
    was = [(row.competency_id, row.weight) for row in profile.competencies.all()]
    if was == wanted:
        return None
    if Competency.objects.filter(pk__in=[pk for pk, _weight in wanted]).count() != len(wanted):
        raise RuleBroken(_("A competency stands twice or is gone; reload the page."))
    profile.competencies.all().delete()
    ProfileCompetency.objects.bulk_create(
        ProfileCompetency(profile=profile, competency_id=pk, weight=weight, position=place)
        for place, (pk, weight) in enumerate(wanted)
    )
    return [list(pair) for pair in was]


@transaction.atomic
def edit_profile(
    *,
    actor: User,
    profile_id: int,
    version: int,
    competencies: Iterable[tuple[int, int]] | None = None,
    **fields,
) -> Profile:
    """Change a profile; vacancies point to it, so they change with it. Conflict when newer."""
    profile = locked(profile_id, actor=actor)
    if profile.version != version:
        raise Conflict(profile)
    if profile.archived_at:
        raise RuleBroken(_("This profile has been put away; bring it back first."))
    fields = _checked(fields)
    changed = {name: value for name, value in fields.items() if getattr(profile, name) != value}
    changes = {name: [_said(getattr(profile, name)), _said(changed[name])] for name in changed}
    for name, value in changed.items():
        setattr(profile, name, value)
    if competencies is not None and (was := _set_competencies(profile, competencies)) is not None:
        changes["competencies"] = [_weights(rows) for rows in _differing(was, _now(profile))]
    if not changes:
        return profile
    profile.version += 1
    profile.save(update_fields=[*changed, "version"])
    record(actor=actor, verb="profile.edited", target=profile, changes=changes)
    return profile


def _differing(was: list, now: list) -> tuple[list, list]:
    """Of two lists what the other has not; both whole where only the order changed."""
    gone, come = [one for one in was if one not in now], [one for one in now if one not in was]
    return (gone, come) if gone or come else (was, now)


def _now(profile: Profile) -> list[list[int]]:
    return [[row.competency_id, row.weight] for row in profile.competencies.order_by("position")]


def _weights(rows: Iterable) -> str:
    names = Competency.objects.in_bulk([pk for pk, _weight in rows])
    return ", ".join(f"{names[pk]} {weight}" for pk, weight in rows if pk in names)


def _said(value) -> str | None:
    """A value as the record keeps it."""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return "; ".join(value.values())
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


@transaction.atomic
def copy_profile(*, actor: User, profile_id: int, name: str = "") -> Profile:
    """The same under another name, to be changed from there."""
    source = Profile.objects.visible_to(actor).get(pk=profile_id)
    fields: Mapping = {field: getattr(source, field) for field in FIELDS}
    name = name or _("%(name)s (copy)") % {"name": source.name}
    profile = Profile.objects.create(created_by=actor, **{**fields, "name": name[:160]})
    _set_competencies(profile, [tuple(pair) for pair in _now(source)])
    record(actor=actor, verb="profile.copied", target=profile, name=source.name)
    return profile


@transaction.atomic
def archive_profile(*, actor: User, profile_id: int) -> Profile:
    """No new vacancy is made of it; those there are keep it."""
    profile = locked(profile_id, actor=actor)
    if profile.archived_at is None:
        profile.archived_at = timezone.now()
        profile.save(update_fields=["archived_at"])
        record(actor=actor, verb="profile.archived", target=profile)
    return profile


@transaction.atomic
def restore_profile(*, actor: User, profile_id: int) -> Profile:
    profile = locked(profile_id, actor=actor)
    if profile.archived_at is not None:
        profile.archived_at = None
        profile.save(update_fields=["archived_at"])
        record(actor=actor, verb="profile.restored", target=profile)
    return profile
