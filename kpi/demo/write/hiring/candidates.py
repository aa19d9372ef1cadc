"""Candidates, how they are reached, their candidacies and every move."""

from accounts.choices import ReachKind
from hiring.choices import CandidacyState, Source, StageKind
from hiring.commands.candidate import fold_candidate
from hiring.models import Candidacy, Candidate, CandidateReach, Move, RejectReason
from hiring.models.candidate import SHORTLISTED
from kpi.demo.hiring import CandidatePlan
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book
from people.models import User


def write_candidates(world: World, book: Book) -> None:
    reasons = list(RejectReason.objects.order_by("position"))
    for plan in book.plan.candidates:
        candidate = _candidate(world, plan)
        row = _candidacy(world, book, plan, candidate, reasons)
        book.candidacies[plan.number] = row
        _moves(world, book, plan, row)


def _candidate(world: World, plan: CandidatePlan) -> Candidate:
    """A colleague who applies is found by name; who was hired is a colleague by now, no applicant."""
    colleague = world.users.get(plan.user)
    applies = colleague if plan.state == CandidacyState.ACTIVE else None
    candidate = Candidate(
        name=colleague.name if colleague else plan.name,
        other_name="" if colleague else plan.other_name, language=plan.language, city=plan.city,
        country=plan.country, time_zone=plan.zone, title=plan.title, years_in_sales=plan.years,
        employer="Severpack" if applies else plan.employer, pay_wish=plan.wish,
        pay_currency=plan.currency, source=_source(plan, applies), user=applies,
        created_by=world.users["natalia_orlova"], created_at=world.at(plan.path[0][1], 9),
    )  # fmt: skip
    digits = "".join(sign for sign in plan.phone if sign.isdigit())
    fold_candidate(candidate, (digits, plan.email))
    candidate.save()
    CandidateReach.objects.bulk_create(
        [
            CandidateReach(candidate=candidate, kind=ReachKind.PHONE, value=plan.phone,
                           normal=digits),
            CandidateReach(candidate=candidate, kind=ReachKind.EMAIL, value=plan.email,
                           normal=plan.email, position=1),
        ]
    )  # fmt: skip
    return candidate


def _source(plan: CandidatePlan, applies: User | None) -> str:
    """Who was hired came by an advert, whatever the plan says of colleagues."""
    return Source.HH if plan.source == Source.INTERNAL and not applies else plan.source


def _candidacy(
    world: World, book: Book, plan: CandidatePlan, candidate: Candidate, reasons: list
) -> Candidacy:
    days = dict(plan.path)
    stage, entered = plan.path[-1]
    listed = [day for kind, day in plan.path if kind in SHORTLISTED]
    reason = None
    if plan.state in (CandidacyState.REJECTED, CandidacyState.WITHDRAWN):
        fitting = [one for one in reasons if one.by_candidate == (plan.state == "withdrawn")]
        reason = fitting[plan.number % len(fitting)]
    return Candidacy.objects.create(
        candidate=candidate, vacancy=book.vacancies[plan.vacancy],
        stage=book.stages[plan.vacancy, stage], state=plan.state, source=candidate.source,
        tier=book.tiers.get((plan.vacancy, plan.tier)), entered_at=world.at(entered, 11),
        applied_at=world.at(days[StageKind.FORM], 9) if StageKind.FORM in days else None,
        shortlisted_at=world.at(listed[0], 11) if listed else None,
        ended_at=None if plan.ended is None else world.at(plan.ended, 12),
        ended_by=world.users["natalia_orlova"] if plan.state == CandidacyState.REJECTED else None,
        reject_reason=reason, created_by=world.users["natalia_orlova"],
        created_at=world.at(plan.path[0][1], 9),
    )  # fmt: skip


def _moves(world: World, book: Book, plan: CandidatePlan, row: Candidacy) -> None:
    """One for each stage entered and one for the end."""
    before, moves = None, []
    for kind, day in plan.path:
        stage = book.stages[plan.vacancy, kind]
        moves.append(
            Move(candidacy=row, from_stage=before, to_stage=stage, state=CandidacyState.ACTIVE,
                 at=world.at(day, 11), by=world.users["natalia_orlova"])
        )  # fmt: skip
        before = stage
    if plan.state != CandidacyState.ACTIVE:
        moves.append(
            Move(candidacy=row, from_stage=before, to_stage=before, state=plan.state,
                 at=row.ended_at, by=row.ended_by)
        )  # fmt: skip
    Move.objects.bulk_create(moves)
