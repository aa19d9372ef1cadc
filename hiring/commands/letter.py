"""Letters are written here and go out by jobs; every one, also one that may not go, is kept."""

import datetime as dt
import json
from collections.abc import Container, Mapping
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.jobs import enqueue
from hiring.choices import LetterState
from hiring.models import Candidacy, Candidate, Letter, LetterTemplate
from hiring.queries import letter as queries
from hiring.queries import off_limits
from hiring.rules import letter as rules
from people import verbs
from people.commands import record
from people.models import Company, User

STARTING_SET = Path(__file__).parent.parent / "letters.json"
# What a stage sends waits a little, so that a card dropped in the wrong column sends nothing.
PATIENCE = dt.timedelta(minutes=5)

verbs.register(
    {
        "letter.written": gettext_lazy("A letter was written"),
        "letter.taken_back": gettext_lazy("A letter was taken back"),
        "letter.tried_again": gettext_lazy("A letter is sent once more"),
    }
)


@transaction.atomic
def install_letters() -> int:
    """Bring a template of each kind in four languages; those there are keep their own words.

    Returns how many were new.
    """
    known = set(LetterTemplate.objects.values_list("code", flat=True))
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    fresh = [LetterTemplate(**row) for row in rows if row["code"] not in known]
    LetterTemplate.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def write_letter(
    *,
    actor: User | None = None,
    candidate_id: int,
    kind: str,
    template: LetterTemplate | None = None,
    candidacy_id: int | None = None,
    cause: str = "",
    send_at: dt.datetime | None = None,
    fields: Mapping[str, str] | None = None,
    subject: str | None = None,
    body: str | None = None,
) -> Letter | None:
    """Write and queue a letter to a candidate, in their language; None when there is no template.

    `fields` gives what only the caller knows: session, place, task, due (in any language; the
    candidate's is `queries.language_of`). {link} is always their own page, written on sending.
    With a `cause` ("seat:12") it goes once: the same again returns the first letter. One that may
    not go (opted out, no address, a field without a value) is kept with the state "stopped".
    Without `actor` the system writes; with one, Candidate.DoesNotExist when they may not.
    """
    people = Candidate.objects.editable_by(actor) if actor else Candidate.objects.all()
    candidate = people.prefetch_related("reaches").get(pk=candidate_id)
    candidacy = candidacy_id and candidate.candidacies.select_related("vacancy__recruiter").get(
        pk=candidacy_id
    )
    known = cause and Letter.objects.filter(candidate=candidate, cause=cause).first()
    if known and known.trouble != "taken_back":
        return known
    given = subject is not None and body is not None
    if not given and template is None:
        install_letters()
        template = queries.template_for(kind)
        if template is None:
            return None
    language = queries.language_of(candidate)
    if given:
        _refuse_unknown(subject, body)
    else:
        language, subject, body = template_texts(template, language)
    letter = known or Letter(candidate=candidate, cause=cause)
    letter.candidacy, letter.kind, letter.written_by = candidacy or None, kind, actor
    if send_at is None:
        delay = 0 if given or template is None else template.delay_hours
        send_at = timezone.now() + dt.timedelta(hours=delay)
    letter.send_at, letter.written_at = send_at, timezone.now()
    barred = off_limits.barred([candidate.pk])
    compose(letter, language=language, subject=subject, body=body, fields=fields, barred=barred)
    return _kept(letter, actor=actor)


def compose(
    letter: Letter,
    *,
    language: str,
    subject: str,
    body: str,
    fields: Mapping[str, str] | None,
    barred: Container[int],
    company: Company | None = None,
) -> None:
    """Fill an unsaved letter: its texts, its address, and whether it may go."""
    candidate, candidacy = letter.candidate, letter.candidacy
    with translation.override(language):
        values = queries.merge_values(candidate, candidacy, company)
    if letter.written_by and not values.get("recruiter"):
        values["recruiter"] = letter.written_by.name
    values |= {name: str(value) for name, value in (fields or {}).items()}
    letter.language = language
    letter.address = queries.address_of(candidate)
    letter.state, letter.trouble = LetterState.QUEUED, ""
    letter.sent_at = None
    if trouble := queries.why_not(candidate, letter.kind, barred):
        letter.state, letter.trouble = LetterState.STOPPED, trouble
    elif not body.strip():
        letter.state, letter.trouble = LetterState.STOPPED, "empty"
    elif missing := rules.missing_fields(values, subject, body):
        letter.state = LetterState.STOPPED
        letter.trouble = f"missing:{','.join(missing)}"[:300]
    values = {name: "…" for name in rules.FIELDS if name not in rules.LATE} | {
        name: value for name, value in values.items() if value.strip()
    }
    letter.subject = rules.one_line(rules.fill_early(subject, values))
    letter.body = rules.fill_early(body, values)


def template_texts(template: LetterTemplate, language: str) -> tuple[str, str, str]:
    """(language, subject, body): the nearest language in which the body is written."""
    written, body = queries.in_language(template.bodies, language)
    _same, subject = queries.in_language(template.subjects, written or language)
    return written or language, subject, body


def _kept(letter: Letter, *, actor: User | None) -> Letter:
    """Save it and set it going; when somebody else wrote it at this moment, theirs."""
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        return Letter.objects.get(candidate=letter.candidate, cause=letter.cause)
    if actor:
        record(actor=actor, verb="letter.written", target=letter, candidate=letter.candidate_id)
    if letter.state == LetterState.QUEUED and letter.send_at <= timezone.now():
        _go(letter)
    return letter


def _go(letter: Letter) -> None:
    enqueue("hiring.jobs.send_letter", key=f"letter:{letter.pk}", letter_id=letter.pk)


def _refuse_unknown(*texts: str) -> None:
    unknown = rules.unknown_fields(*texts)
    if unknown:
        raise RuleBroken(
            _("Unknown field: %(field)s. The fields are listed beside the text.")
            % {"field": "{" + unknown[0] + "}"}
        )


def queue_stage_letter(candidacy: Candidacy) -> Letter | None:
    """The letter of the stage just entered, if it has one and the person is there; once a stage.

    It waits five minutes or the template's delay: `unqueue_stage_letter` takes it back.
    """
    template = candidacy.stage.letter
    if template is None or template.retired_at or candidacy.candidate_id is None:
        return None
    delay = max(PATIENCE, dt.timedelta(hours=template.delay_hours))
    return write_letter(
        candidate_id=candidacy.candidate_id,
        kind=template.kind,
        template=template,
        candidacy_id=candidacy.pk,
        cause=stage_cause(candidacy.pk, candidacy.stage_id),
        send_at=timezone.now() + delay,
    )


def stage_cause(candidacy_id: int, stage_id: int) -> str:
    return f"stage:{candidacy_id}:{stage_id}"


def unqueue_stage_letter(*, candidacy_id: int, stage_id: int) -> bool:
    """Take back what entering the stage would have sent; False when it has gone or never was."""
    cause = stage_cause(candidacy_id, stage_id)
    return bool(unqueue(Letter.objects.filter(candidacy=candidacy_id, cause=cause)))


def unqueue(letters: QuerySet[Letter]) -> int:
    """Stop those of these letters that no worker has taken yet; how many."""
    waiting = letters.filter(state=LetterState.QUEUED, sent_at=None)
    return waiting.update(state=LetterState.STOPPED, trouble="taken_back")


@transaction.atomic
def take_letter_back(*, actor: User, letter_id: int) -> Letter:
    """Letter.DoesNotExist when it is not the actor's to see; RuleBroken when it has gone."""
    letter = Letter.objects.editable_by(actor).get(pk=letter_id)
    if not unqueue(Letter.objects.filter(pk=letter.pk)):
        raise RuleBroken(_("This letter has gone already."))
    record(actor=actor, verb="letter.taken_back", target=letter, candidate=letter.candidate_id)
    letter.refresh_from_db()
    return letter


@transaction.atomic
def try_letter_again(*, actor: User, letter_id: int) -> Letter:
    """Send what failed, was taken back or stopped; what stands in its way is asked anew."""
    letter = Letter.objects.editable_by(actor).select_for_update(of=("self",)).get(pk=letter_id)
    if letter.state not in (LetterState.FAILED, LetterState.STOPPED):
        raise RuleBroken(_("This letter has gone already or is about to."))
    if letter.trouble.startswith("missing:") or letter.trouble == "empty":
        raise RuleBroken(_("This letter lacks words: write a new one."))
    letter.state, letter.trouble, letter.sent_at = LetterState.QUEUED, "", None
    letter.send_at = timezone.now()
    letter.save(update_fields=["state", "trouble", "sent_at", "send_at"])
    record(actor=actor, verb="letter.tried_again", target=letter, candidate=letter.candidate_id)
    _go(letter)
    return letter
