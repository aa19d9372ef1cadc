"""A vacancy's life: written, proposed, decided by a director who did not write it, published."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import folding
from common.errors import RuleBroken
from hiring.choices import VacancyState
from hiring.commands.stage import install_stages
from hiring.models import Profile, Vacancy
from hiring.queries import notices
from hiring.queries.advert import findings_of
from hiring.rules import vacancy as rules
from people import verbs
from people.choices import Role
from people.commands import record, tell
from people.models import User, company_day

MOST_OPENINGS = 99
DONE = {
    "propose": "vacancy.proposed",
    "withdraw": "vacancy.withdrawn",
    "approve": "vacancy.approved",
    "send_back": "vacancy.sent_back",
    "revise": "vacancy.revised",
    "publish": "vacancy.published",
    "hold": "vacancy.held",
    "resume": "vacancy.resumed",
    "fill": "vacancy.filled",
    "close": "vacancy.closed",
    "reopen": "vacancy.reopened",
}

verbs.register(
    {
        "vacancy.created": gettext_lazy("Vacancy written"),
        "vacancy.edited": gettext_lazy("Vacancy changed"),
        "vacancy.proposed": gettext_lazy("Sent for approval"),
        "vacancy.withdrawn": gettext_lazy("Taken back from approval"),
        "vacancy.approved": gettext_lazy("Approved"),
        "vacancy.sent_back": gettext_lazy("Sent back: %(reason)s"),
        "vacancy.revised": gettext_lazy("Opened for new terms; it has to be approved again"),
        "vacancy.published": gettext_lazy("Published"),
        "vacancy.held": gettext_lazy("Put on hold"),
        "vacancy.resumed": gettext_lazy("Published again"),
        "vacancy.filled": gettext_lazy("Filled"),
        "vacancy.closed": gettext_lazy("Closed: %(reason)s"),
        "vacancy.reopened": gettext_lazy("Opened again"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `vacancy` is what stands now."""

    def __init__(self, vacancy: Vacancy):
        super().__init__(_("Somebody else has changed this vacancy since you opened the page."))
        self.vacancy = vacancy


def locked(vacancy_id: int, *, actor: User, version: int | None = None) -> Vacancy:
    """The vacancy, locked; Vacancy.DoesNotExist for whom it does not exist, Conflict when newer."""
    rows = Vacancy.objects.visible_to(actor) if actor.hires else Vacancy.objects.none()
    vacancy = rows.select_for_update(of=("self",)).get(pk=vacancy_id)
    if version is not None and vacancy.version != version:
        raise Conflict(vacancy)
    return vacancy


@transaction.atomic
def create_vacancy(*, actor: User, profile_id: int, title: str, **fields) -> Vacancy:
    """A draft with the stages a company starts from; pay and place may be left to the profile."""
    if not actor.is_recruiter:
        raise RuleBroken(_("Only recruiters write vacancies."))
    profile = Profile.objects.visible_to(actor).get(pk=profile_id, archived_at=None)
    fields.setdefault("recruiter", actor)
    vacancy = write_draft(profile=profile, title=title, author=actor, **fields)
    record(actor=actor, verb="vacancy.created", target=vacancy)
    return vacancy


def write_draft(*, profile: Profile, title: str, author: User | None, **fields) -> Vacancy:
    """The row itself, for the commands that begin a vacancy; `author` may not approve it."""
    if fields.get("pay_from") is None and fields.get("pay_to") is None:
        fields |= {name: getattr(profile, name) for name in ("pay_from", "pay_to", "pay_currency")}
    values = _checked({"title": title, "profile": profile, **fields})
    slug = values.pop("slug", "") or free_slug(values["title"])
    vacancy = Vacancy.objects.create(slug=slug, created_by=author, **values)
    install_stages(vacancy)
    return vacancy


def free_slug(title: str) -> str:
    """The title as an address that no vacancy has."""
    base = slugify(folding.latin(title))[:60].strip("-") or "vacancy"
    slug = base
    while Vacancy.objects.filter(slug=slug).exists():
        slug = f"{base}-{secrets.token_hex(3)}"
    return slug


def _checked(values: dict) -> dict:
    """The values as they may be stored; RuleBroken says which may not."""
    unknown = set(values) - rules.FIELDS
    if unknown:
        raise TypeError(f"not fields of a vacancy that people fill in: {sorted(unknown)}")
    for name in ("title", "city"):
        if name in values:
            values[name] = " ".join(values[name].replace("\x00", "").split())
    if not values.get("title", "-"):
        raise RuleBroken(_("Give the vacancy a title."))
    if not 1 <= values.get("openings", 1) <= MOST_OPENINGS:
        raise RuleBroken(_("Openings: from 1 to 99."))
    low, high = values.get("pay_from"), values.get("pay_to")
    if low is not None and high is not None and low > high:
        raise RuleBroken(_("Pay from is above pay to."))
    if "texts" in values:
        values["texts"] = _plain_texts(values["texts"])
    return values


def _plain_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Languages with a word in them, without zero signs and spaces at the ends."""
    found = {
        code: {name: text.replace("\x00", "").strip() for name, text in parts.items()}
        for code, parts in texts.items()
    }
    return {code: parts for code, parts in found.items() if any(parts.values())}


@transaction.atomic
def edit_vacancy(*, actor: User, vacancy_id: int, version: int, **fields) -> Vacancy:
    """Change what the state allows; an advert that is out stays fit to be read by anybody."""
    vacancy = locked(vacancy_id, actor=actor, version=version)
    if not actor.is_recruiter:
        raise RuleBroken(_("Only recruiters write vacancies."))
    fields = _checked(fields)
    changed = {name: value for name, value in fields.items() if getattr(vacancy, name) != value}
    if rules.frozen(vacancy.state, changed):
        raise RuleBroken(
            _("What was approved stays as it is. Open the vacancy for new terms first.")
            if rules.editable_fields(vacancy.state)
            else _("The vacancy cannot be changed now; take it back from approval or reopen it.")
        )
    if not changed:
        return vacancy
    changes = {name: [_said(getattr(vacancy, name)), _said(changed[name])] for name in changed}
    for name, value in changed.items():
        setattr(vacancy, name, value)
    if vacancy.state == VacancyState.OPEN:
        check_fit(vacancy)
    _save(vacancy, changed)
    record(actor=actor, verb="vacancy.edited", target=vacancy, changes=changes)
    return vacancy


def _said(value) -> str | None:
    """A value as the record keeps it; of texts the languages, for they are long."""
    if isinstance(value, dict):
        return ", ".join(sorted(value))
    return None if value is None else str(value)


def _save(vacancy: Vacancy, names) -> None:
    vacancy.version += 1
    vacancy.save(update_fields=[*names, "version"])


def check_fit(vacancy: Vacancy) -> None:
    """RuleBroken when the advert is not fit for publishing, with every reason."""
    is_past = vacancy.closes_on is not None and vacancy.closes_on < company_day()
    titles = [parts.get("title", "") for parts in vacancy.texts.values() if parts.get("intro")]
    found = rules.lacking(titles=titles, openings=vacancy.openings, is_past=is_past)
    found += [one.sentence for one in findings_of(vacancy)]
    if found:
        raise RuleBroken(" ".join(found))


def _step(
    action: str, *, actor: User, vacancy_id: int, version: int | None, reason: str = "", **fields
) -> Vacancy:
    """One declared step with what it writes down."""
    vacancy = locked(vacancy_id, actor=actor, version=version)
    is_author = actor.pk in (vacancy.proposed_by_id, vacancy.created_by_id)
    if trouble := rules.why_not(vacancy.state, action, actor.roles, is_author=is_author):
        raise RuleBroken(trouble)
    if action in rules.GOES_PUBLIC | {"propose"}:
        check_fit(vacancy)
    before = vacancy.state
    vacancy.state = rules.next_state(vacancy.state, action)
    for name, value in fields.items():
        setattr(vacancy, name, value)
    _save(vacancy, ["state", *fields])
    record(
        actor=actor, verb=DONE[action], target=vacancy, reason=reason,
        changes={"state": [before, str(vacancy.state)]},
    )  # fmt: skip
    return vacancy


@transaction.atomic
def propose_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Ask the directors; nothing may change while they think."""
    vacancy = _step(
        "propose", actor=actor, vacancy_id=vacancy_id, version=version,
        proposed_by=actor, proposed_at=timezone.now(), refusal="",
    )  # fmt: skip
    for director in User.objects.active().holding(Role.DIRECTOR).exclude(pk=actor.pk):
        _tell(director, notices.VACANCY_PROPOSED, vacancy)
    return vacancy


def _tell(user: User, kind: str, vacancy: Vacancy) -> None:
    cause = f"{kind}:{vacancy.pk}:{vacancy.version}"
    tell(user=user, kind=kind, target=vacancy, cause=cause)


@transaction.atomic
def withdraw_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Back to a draft, before anybody decided."""
    return _step("withdraw", actor=actor, vacancy_id=vacancy_id, version=version)


@transaction.atomic
def approve_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """A director who neither wrote nor proposed it says yes to these terms."""
    vacancy = _step(
        "approve", actor=actor, vacancy_id=vacancy_id, version=version,
        approved_by=actor, approved_at=timezone.now(),
    )  # fmt: skip
    for user in _askers(vacancy):
        _tell(user, notices.VACANCY_APPROVED, vacancy)
    return vacancy


@transaction.atomic
def send_back_vacancy(
    *, actor: User, vacancy_id: int, reason: str, version: int | None = None
) -> Vacancy:
    """A director says no and why; it is a draft again."""
    reason = _needed(reason)
    vacancy = _step(
        "send_back", actor=actor, vacancy_id=vacancy_id, version=version, reason=reason,
        refusal=reason,
    )  # fmt: skip
    for user in _askers(vacancy):
        _tell(user, notices.VACANCY_SENT_BACK, vacancy)
    return vacancy


def _askers(vacancy: Vacancy) -> list[User]:
    """Who proposed it and who recruits for it."""
    return list(User.objects.active().filter(pk__in={vacancy.proposed_by_id, vacancy.recruiter_id}))


def _needed(reason: str) -> str:
    reason = " ".join(reason.replace("\x00", "").split())[:400]
    if not reason:
        raise RuleBroken(_("Write the reason. Nothing was changed."))
    return reason


@transaction.atomic
def revise_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Open the terms for change; the former approval no longer counts."""
    return _step(
        "revise", actor=actor, vacancy_id=vacancy_id, version=version,
        approved_by=None, approved_at=None,
    )  # fmt: skip


@transaction.atomic
def publish_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """From now on the world reads it."""
    return _step(
        "publish", actor=actor, vacancy_id=vacancy_id, version=version,
        published_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def hold_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Off the public pages for now; people under way stay where they are."""
    return _step("hold", actor=actor, vacancy_id=vacancy_id, version=version)


@transaction.atomic
def resume_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Back on the public pages on the terms that were approved."""
    return _step(
        "resume", actor=actor, vacancy_id=vacancy_id, version=version,
        published_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def fill_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """Everybody wanted was found; the retention clock of the others begins."""
    return _step(
        "fill", actor=actor, vacancy_id=vacancy_id, version=version, ended_at=timezone.now()
    )


@transaction.atomic
def close_vacancy(
    *, actor: User, vacancy_id: int, reason: str, version: int | None = None
) -> Vacancy:
    """Given up, with the reason; the retention clock begins."""
    reason = _needed(reason)
    return _step(
        "close", actor=actor, vacancy_id=vacancy_id, version=version, reason=reason,
        ended_at=timezone.now(), end_reason=reason,
    )  # fmt: skip


@transaction.atomic
def reopen_vacancy(*, actor: User, vacancy_id: int, version: int | None = None) -> Vacancy:
    """A filled one goes on hold on its old terms; a closed one is a draft to be approved anew."""
    vacancy = _step(
        "reopen", actor=actor, vacancy_id=vacancy_id, version=version,
        ended_at=None, end_reason="",
    )  # fmt: skip
    if vacancy.state == VacancyState.DRAFT:
        vacancy.approved_by, vacancy.approved_at = None, None
        vacancy.save(update_fields=["approved_by", "approved_at"])
    return vacancy
