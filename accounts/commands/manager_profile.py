"""What a manager speaks, where they work and what they can carry."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ManagerProfile, Segment, Territory
from accounts.rules.load import OWN_LIMITS
from common.editing import check_seen
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

MOST_LANGUAGES = 10

verbs.register({"user.profile_set": gettext_lazy("What the manager speaks and can carry changed")})


def shown(profile: ManagerProfile) -> dict:
    """As its form shows it."""
    stored = profile._state.db is not None
    return {
        "languages": ", ".join(profile.languages),
        "phone": profile.phone,
        "segments": list(profile.segments.values_list("pk", flat=True)) if stored else [],
        "territories": list(profile.territories.values_list("pk", flat=True)) if stored else [],
        **{name: getattr(profile, name) for name in OWN_LIMITS},
    }


@transaction.atomic
def set_manager_profile(
    *,
    actor: User,
    user: User,
    languages: Iterable[str],
    segments: Iterable[Segment],
    territories: Iterable[Territory],
    phone: str | None = None,
    limits: dict[str, int | None] | None = None,
    seen: dict | None = None,
) -> ManagerProfile:
    """By a director, or by the manager, who does not set limits. None: it stays as it is.

    An empty limit means the company's. Conflict when it is not any more what the form showed.
    """
    if not (actor.is_director or actor.pk == user.pk):
        raise RuleBroken(_("Only a director or the manager themself changes this."))
    if limits is not None and not actor.is_director:
        raise RuleBroken(_("Limits are set by directors."))
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    profile, _made = ManagerProfile.objects.get_or_create(user=user)
    before = shown(profile)
    if seen is not None:
        check_seen(seen, {name: before[name] for name in before if name in seen})
    profile.languages = _clean(languages)
    if phone is not None:
        profile.phone = _word(phone)
    for name, value in (limits or {}).items():
        if value is not None and not 0 <= value <= OWN_LIMITS[name]:
            raise RuleBroken(_("From 0 to %(most)s.") % {"most": OWN_LIMITS[name]})
        setattr(profile, name, value)
    profile.version += 1
    profile.save()
    profile.segments.set(segments)
    profile.territories.set(territories)
    after = shown(profile)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        record(actor=actor, verb="user.profile_set", target=user, changes=changes)
    return profile


def _word(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:40]


def _clean(languages: Iterable[str]) -> list[str]:
    names = (_word(name) for name in languages)
    return list(dict.fromkeys(name for name in names if name))[:MOST_LANGUAGES]
