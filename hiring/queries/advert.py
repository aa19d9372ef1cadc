"""The texts of a vacancy and of a profile, as the linter and the public page read them."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from hiring.models import Profile, Vacancy
from hiring.rules import linter
from hiring.rules.linter import Finding, Place

PARTS = ("title", "intro", "duties", "wants", "offers")


def part_names() -> dict[str, str]:
    """What the parts of an advert are called on our own pages."""
    return {
        "title": _("Title"),
        "intro": _("Opening words"),
        "duties": _("What you will do"),
        "wants": _("What we ask for"),
        "offers": _("What we offer"),
    }


def advert_places(texts: dict[str, dict[str, str]]) -> list[Place]:
    """Every written part of an advert, by language."""
    names, languages = part_names(), dict(settings.LANGUAGES)
    return [
        Place(f"{languages.get(code, code)}, {names[part]}", code, parts[part])
        for code, parts in texts.items()
        for part in PARTS
        if parts.get(part)
    ]


def profile_places(
    *,
    duties: str = "",
    commissions: Mapping[str, str] | None = None,
    must_haves: Iterable = (),
    knock_outs: Iterable = (),
) -> list[Place]:
    """The rules of a profile, in whatever language they were written; commissions by language."""
    found = [Place(_("Profile, what the work is"), "", duties)]
    texts = (commissions or {}).items()
    found += [Place(_("Profile, commission"), code, text) for code, text in texts]
    found += [Place(_("Profile, must have"), "", line) for line in must_haves]
    found += [Place(_("Profile, rules people out"), "", line) for line in knock_outs]
    return [place for place in found if place.text]


def places_of_profile(profile: Profile) -> list[Place]:
    return profile_places(
        duties=profile.duties, commissions=profile.commissions,
        must_haves=profile.must_haves, knock_outs=profile.knock_outs,
    )  # fmt: skip


def findings_of(vacancy: Vacancy) -> list[Finding]:
    """What keeps the vacancy from being published: its advert, its profile, its questions."""
    places = advert_places(vacancy.texts) + places_of_profile(vacancy.profile)
    places += [
        Place(_("Questionnaire"), code, text)
        for question in vacancy.questions.filter(retired_at=None)
        for code, text in question.labels.items()
    ]
    return linter.findings(places)
