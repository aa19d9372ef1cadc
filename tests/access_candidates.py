"""Makers of candidates for the walk of all routes; nobody owns them."""

from itertools import count

from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.candidate_bulk import add_candidacies
from hiring.commands.candidate_merge import merge_candidates
from hiring.commands.candidate_note import write_note
from hiring.commands.sourcing import add_companies, install_tiers, remove_company
from people.models import SavedView, User
from tests.cast import Cast
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_off_limits,
    make_sheet,
    make_vacancy,
)

numbers = count(1)


def candidate(cast: Cast, owner: User) -> dict:
    return {"pk": make_candidate(f"Access {next(numbers)}").pk}


def listed_candidate(cast: Cast, owner: User) -> dict:
    """On the short list, and asked of the interviewer."""
    made = make_candidacy(make_vacancy(), stage=StageKind.SESSION, shortlisted_at=timezone.now())
    make_sheet(made, cast.ivan, held_at=timezone.now())
    return {"pk": made.candidate_id}


def candidate_note(cast: Cast, owner: User) -> dict:
    made = make_candidate(f"Access {next(numbers)}")
    return {"pk": made.pk, "note": write_note(actor=cast.rita, candidate_id=made.pk, text="x").pk}


def colleague(cast: Cast, owner: User) -> dict:
    return {"pk": make_candidate(f"Access {next(numbers)}", user=cast.sam).pk}


def added_candidacies(cast: Cast, owner: User) -> dict:
    people = [make_candidate().pk for _n in range(2)]
    event = add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=make_vacancy().pk)
    return {"event": event.pk}


def candidate_view(cast: Cast, owner: User) -> dict:
    made = SavedView.objects.create(owner=owner, page="candidates", name=f"View {next(numbers)}")
    return {"pk": made.pk}


def search_tier(cast: Cast, owner: User) -> dict:
    tier = install_tiers(actor=cast.rita, vacancy=make_vacancy())[0]
    (company,) = add_companies(actor=cast.rita, tier_id=tier.pk, lines="Access").added
    return {"pk": tier.vacancy_id, "tier": tier.pk, "company": company.pk}


def removed_company(cast: Cast, owner: User) -> dict:
    parts = search_tier(cast, owner)
    return {"event": remove_company(actor=cast.rita, company_id=parts["company"]).pk}


def off_limits(cast: Cast, owner: User) -> dict:
    return {"pk": make_off_limits(f"Access {next(numbers)}").pk}


def candidate_pair(cast: Cast, owner: User) -> dict:
    return {"pk": make_candidate().pk, "other": make_candidate().pk}


def candidate_merge(cast: Cast, owner: User) -> dict:
    pair = candidate_pair(cast, owner)
    merge = merge_candidates(actor=cast.rita, survivor_id=pair["pk"], absorbed_id=pair["other"])
    return {"pk": merge.pk}


MAKERS = {
    "candidate_pair": candidate_pair,
    "candidate_merge": candidate_merge,
    "search_tier": search_tier,
    "removed_company": removed_company,
    "off_limits": off_limits,
    "candidate": candidate,
    "listed_candidate": listed_candidate,
    "candidate_note": candidate_note,
    "colleague": colleague,
    "added_candidacies": added_candidacies,
    "candidate_view": candidate_view,
}
