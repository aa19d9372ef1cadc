"""A candidate whom only recruiters know, marked in everything that is told of them."""

from accounts.choices import ReachKind
from hiring.commands.candidate import create_candidate
from hiring.commands.candidate_note import write_note
from hiring.commands.sourcing import add_companies, install_tiers
from hiring.models import Candidate, Vacancy
from people.models import User
from tests.recruiting import make_candidacy, make_off_limits


def plant_candidates(
    recruiter: User, vacancy: Vacancy, mark: str, *, search: bool = True
) -> Candidate:
    """Found for the vacancy, on nobody's short list and of nobody's session."""
    person = create_candidate(
        actor=recruiter, name=f"{mark}-name {mark}-family", other_name=f"{mark}-other",
        employer=f"{mark}-employer", manager=f"{mark}-boss", title=f"{mark}-title",
        city=f"{mark}-city", summary=f"{mark}-summary",
        reaches=[(ReachKind.EMAIL, f"{mark}@mail.example"), (ReachKind.MESSENGER, f"{mark}-chat")],
    )  # fmt: skip
    write_note(actor=recruiter, candidate_id=person.pk, text=f"{mark}-note")
    tier = install_tiers(actor=recruiter, vacancy=vacancy)[0]
    make_candidacy(vacancy, person, tier=tier)
    if search:  # where people are looked for is the directors' to know as well
        add_companies(actor=recruiter, tier_id=tier.pk, lines=f"{mark}-target; ; {mark}-why")
        make_off_limits(f"{mark}-closed", reason=f"{mark}-reason")
    return person
