"""A trial is planned, offered, accepted and called off. Its outcome: probation_decision."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import GoalKind, ProbationState
from hiring.commands.probation_accounts import freeze, give_back, set_accounts
from hiring.commands.probation_limit import install_limits
from hiring.commands.probation_steps import Conflict, ask, date_words, locked, step, told
from hiring.models import Candidacy, Probation, ProbationGoal, ProbationLimit
from hiring.queries import probation_notices as notices
from hiring.queries.probation_roles import lead_of, may_lead
from hiring.rules import probation as rules
from people import verbs
from people.commands import record
from people.models import Employment, User, company_day

PLAN = (
    "starts_on", "ends_on", "country", "limit", "grade", "mentor", "lead", "criteria",
    "former_helps",
)  # fmt: skip
MOST_EACH = 3

verbs.register(
    {
        "probation.drafted": gettext_lazy("A probation was planned"),
        "probation.edited": gettext_lazy("The plan of a probation was changed"),
        "probation.accounts_chosen": gettext_lazy("Accounts of a probation were chosen"),
        "probation.offered": gettext_lazy("A probation was put to the newcomer"),
        "probation.revised": gettext_lazy("The plan of a probation was taken back for changes"),
        "probation.sent_back": gettext_lazy("The newcomer asked for another plan"),
        "probation.accepted": gettext_lazy("The newcomer accepted the probation"),
        "probation.cancelled": gettext_lazy("A probation was called off"),
    }
)


@transaction.atomic
def draft_probation(
    *, actor: User, user: User, candidacy_id: int | None = None, **plan
) -> Probation:
    """A plan for one newcomer, with the two goals everybody begins with.

    `plan` holds fields of PLAN; without `lead` it is who leads their team, without `limit` the
    general one of the country.
    """
    if not (actor.hires or lead_of(user) == actor):
        raise RuleBroken(_("Probations are planned by recruiters, directors and the lead."))
    if actor.pk == user.pk:
        raise RuleBroken(_("Nobody decides about their own probation."))
    if not (user.is_active and user.is_kam):
        raise RuleBroken(_("A probation is for an active key account manager."))
    candidacy = None
    if candidacy_id is not None:
        candidacy = Candidacy.objects.visible_to(actor).get(pk=candidacy_id)
    plan.setdefault("lead", lead_of(user) or (actor if actor.is_director else None))
    plan.setdefault("limit", general_limit(plan.get("country", "")))
    probation = Probation(user=user, candidacy=candidacy, made_by=actor)
    _set(probation, plan)
    try:
        with transaction.atomic():
            probation.save()
    except IntegrityError as error:
        raise RuleBroken(_("This person is on probation already.")) from error
    ProbationGoal.objects.bulk_create(
        ProbationGoal(probation=probation, position=place, **fields)
        for place, fields in enumerate(STARTING_GOALS)
    )
    record(actor=actor, verb="probation.drafted", target=probation, name=str(user))
    return probation


STARTING_GOALS = (
    {"kind": GoalKind.GROWTH, "target": 30, "weight": 2, "must": True},
    {"kind": GoalKind.FIRST, "target": 100, "within_days": 5, "weight": 1},
)


def general_limit(country: str) -> ProbationLimit | None:
    install_limits()
    return ProbationLimit.objects.filter(country=country, case="").first()


def _set(probation: Probation, plan: Mapping) -> dict:
    """Put checked fields of the plan; what changed."""
    unknown = set(plan) - set(PLAN)
    if unknown:
        raise TypeError(f"not fields of a plan: {sorted(unknown)}")
    values = {
        name: value.replace("\x00", "").strip() if isinstance(value, str) else value
        for name, value in plan.items()
    }
    changed = {
        name: value for name, value in values.items() if getattr(probation, name, None) != value
    }
    for name, value in changed.items():
        setattr(probation, name, value)
    _check_people(probation)
    limit = probation.limit
    if limit and limit.country != probation.country:
        raise RuleBroken(_("This limit belongs to another country."))
    refusal = rules.plan_refusal(
        starts_on=probation.starts_on, ends_on=probation.ends_on, today=company_day(),
        most_days=limit and limit.most_days,
    )  # fmt: skip
    if refusal:
        raise RuleBroken(date_words(refusal, probation))
    return changed


def _check_people(probation: Probation) -> None:
    for person in (probation.mentor, probation.lead):
        if person is None:
            continue
        if person.pk == probation.user_id:
            raise RuleBroken(_("The newcomer is neither their own mentor nor their own lead."))
        if not may_lead().filter(pk=person.pk).exists():
            raise RuleBroken(_("%(name)s is no active manager or director.") % {"name": person})


@transaction.atomic
def edit_probation(*, actor: User, probation_id: int, version: int, **plan) -> Probation:
    """Change the plan of a draft."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "edit", actor)
    if probation.version != version:
        raise Conflict(probation)
    changed = _set(probation, plan)
    if changed:
        probation.version += 1
        probation.save(update_fields=[*changed, "version"])
        record(actor=actor, verb="probation.edited", target=probation, fields=sorted(changed))
    return probation


@transaction.atomic
def choose_accounts(
    *, actor: User, probation_id: int, version: int, account_ids: Iterable[int], each: int = 1
) -> Probation:
    """The accounts of a draft, all or none, in place of those before; beside each the `each`
    nearest that are not given. RuleBroken names the first that is key or taken."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "choose", actor)
    if probation.version != version:
        raise Conflict(probation)
    if not 1 <= each <= MOST_EACH:
        raise RuleBroken(_("Compare each account with one to three others."))
    rows = set_accounts(probation, account_ids, each=each)
    probation.version += 1
    probation.save(update_fields=["version"])
    record(actor=actor, verb="probation.accounts_chosen", target=probation, accounts=len(rows))
    return probation


@transaction.atomic
def offer_probation(*, actor: User, probation_id: int) -> Probation:
    """Put the plan to the newcomer. Baselines are frozen now: they accept what they are shown."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "offer", actor)
    _check_whole(probation)
    frozen_on, season = freeze(probation)
    step(
        probation, "offer", actor=actor, verb="probation.offered", offered_at=timezone.now(),
        accepted_at=None, frozen_on=frozen_on, season=season,
    )  # fmt: skip
    told(probation, notices.OFFERED, probation.user)
    return probation


def _check_whole(probation: Probation) -> None:
    refusal = rules.plan_refusal(
        starts_on=probation.starts_on, ends_on=probation.ends_on, today=company_day(),
        most_days=probation.limit and probation.limit.most_days,
    )  # fmt: skip
    if refusal:
        raise RuleBroken(date_words(refusal, probation))
    if not probation.criteria:
        raise RuleBroken(_("Write how the trial is judged, before it begins."))
    if probation.mentor is None or probation.lead is None:
        raise RuleBroken(_("Name a mentor and a lead."))
    if not probation.goals.exists():
        raise RuleBroken(_("Set at least one goal."))
    if not probation.accounts.filter(matched_to=None).exists():
        raise RuleBroken(_("Choose the accounts of the trial first."))
    on = Employment.objects.on(probation.starts_on).filter(user=probation.user_id)
    if not on.filter(on_probation=True).exists():
        raise RuleBroken(
            _("Note first that %(name)s is on probation from that day: on their page.")
            % {"name": probation.user}
        )


@transaction.atomic
def revise_probation(*, actor: User, probation_id: int) -> Probation:
    """Back to a draft before it began; what was accepted is accepted no longer."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "revise", actor)
    return _reopen(probation, "revise", actor, "probation.revised")


@transaction.atomic
def send_back_probation(*, actor: User, probation_id: int, words: str) -> Probation:
    """The newcomer asks for another plan and says what should be different."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "send_back", actor)
    words = words.replace("\x00", "").strip()[:1000]
    if not words:
        raise RuleBroken(_("Say what should be different."))
    _reopen(probation, "send_back", actor, "probation.sent_back", {"words": words})
    told(probation, notices.SENT_BACK, probation.lead, probation.made_by)
    return probation


def _reopen(probation, action, actor, verb, said=None) -> Probation:
    return step(
        probation, action, actor=actor, verb=verb, said=said, offered_at=None, accepted_at=None,
        frozen_on=None,
    )  # fmt: skip


@transaction.atomic
def accept_probation(*, actor: User, probation_id: int, version: int) -> Probation:
    """The newcomer's own yes, before the trial begins. The same yes again changes nothing.

    `version` is of the plan they read: another one is not accepted unseen.
    """
    probation = locked(probation_id, actor=actor)
    ask(probation, "accept", actor)
    if probation.accepted_at is not None:
        return probation
    if probation.version != version:
        raise Conflict(probation)
    if company_day() > probation.starts_on:
        raise RuleBroken(_("The first day is over. Ask your lead for new dates."))
    step(probation, "accept", actor=actor, verb="probation.accepted", accepted_at=timezone.now())
    told(probation, notices.ACCEPTED, probation.lead, probation.mentor, probation.made_by)
    return probation


@transaction.atomic
def cancel_probation(*, actor: User, probation_id: int, reasons: str) -> Probation:
    """Called off without an outcome; a running one gives its accounts back today."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "cancel", actor)
    reasons = reasons.replace("\x00", "").strip()[:4000]
    if not reasons:
        raise RuleBroken(_("Write the reason. Nothing was changed."))
    if probation.state == ProbationState.RUNNING:
        give_back(probation, day=company_day(), actor=actor)
    step(
        probation, "cancel", actor=actor, verb="probation.cancelled", reasons=reasons,
        decided_at=timezone.now(), decided_by=actor,
    )  # fmt: skip
    told(probation, notices.CANCELLED, probation.user, probation.mentor, probation.lead)
    return probation
