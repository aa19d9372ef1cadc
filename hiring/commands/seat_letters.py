"""What people are told of their places, each once: the cause names the place and its change."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.choices import LetterKind
from hiring.commands.letter import write_letter
from hiring.models import Letter, Seat, Session
from hiring.queries import calendar
from hiring.queries.letter import language_of
from people.models import User


def _write(
    seat: Seat,
    session: Session,
    what: str,
    *,
    actor: User | None,
    kind: str = LetterKind.OTHER,
    texts: tuple[str, str] | None = None,
) -> Letter | None:
    """`texts`: subject and body, already in the person's language; none: the company's template."""
    candidate = seat.candidacy.candidate
    if candidate is None:
        return None
    with translation.override(language_of(candidate)):
        fields = {"session": calendar.when(session), "place": calendar.where(session)}
    given = {"subject": texts[0], "body": texts[1]} if texts else {}
    return write_letter(
        actor=actor, candidate_id=candidate.pk, kind=kind, candidacy_id=seat.candidacy_id,
        cause=f"seat:{seat.pk}:{what}", fields=fields, **given,
    )  # fmt: skip


def _language(seat: Seat) -> translation.override:
    """The person's; of somebody erased nothing is written in any."""
    candidate = seat.candidacy.candidate
    return translation.override(language_of(candidate) if candidate else None)


def tell_invited(seat: Seat, *, session: Session, actor: User) -> Letter | None:
    what = f"invited:{seat.version}"
    return _write(seat, session, what, actor=actor, kind=LetterKind.INVITATION)


def tell_booked(
    seat: Seat,
    *,
    session: Session,
    actor: User | None,
    moved: bool = False,
    moved_up: bool = False,
) -> Letter | None:
    with _language(seat):
        if moved_up:
            said = _("A place has come free, and it is yours.")
        elif moved:
            said = _("You have a place at another time now; the old one is given back.")
        else:
            said = _("Your place is booked.")
        body = _(
            "Hello {name},\n\n%(said)s\n\nWhen: {session}\nWhere: {place}\n\n"
            "The attached file puts it into your calendar. If something comes up, choose another "
            "time or give the place back on your page:\n{link}\n\n{recruiter}\n{company}"
        ) % {"said": said}
        texts = (_("Your place: {session}"), body)
    return _write(seat, session, f"booked:{seat.version}", actor=actor, texts=texts)


def tell_changed(seat: Seat, *, session: Session, actor: User) -> Letter | None:
    """Another time or place: the same words for who was only asked, without a calendar entry."""
    with _language(seat):
        texts = (
            pgettext("letter subject", "Changed: {session}"),
            _(
                "Hello {name},\n\nsomething about our meeting has changed. It now is:\n\n"
                "When: {session}\nWhere: {place}\n\nIf this does not suit you, choose another "
                "time on your page:\n{link}\n\n{recruiter}\n{company}"
            ),
        )
    return _write(seat, session, f"changed:{session.sequence}", actor=actor, texts=texts)


def tell_cancelled(seat: Seat, *, session: Session, actor: User | None) -> Letter | None:
    with _language(seat):
        texts = (
            pgettext("letter subject", "Called off: {session}"),
            _(
                "Hello {name},\n\nwe are sorry: your place on {session} is called off. "
                "If there are other times, you find them on your page:\n{link}\n\n"
                "{recruiter}\n{company}"
            ),
        )
    return _write(seat, session, f"cancelled:{seat.version}", actor=actor, texts=texts)


def tell_given_back(seat: Seat, *, session: Session, actor: User | None) -> Letter | None:
    with _language(seat):
        texts = (
            pgettext("letter subject", "Given back: {session}"),
            _(
                "Hello {name},\n\nyour place on {session} is given back; thank you for telling "
                "us. If you would like to come another time, choose it on your page:\n{link}\n\n"
                "{recruiter}\n{company}"
            ),
        )
    return _write(seat, session, f"declined:{seat.version}", actor=actor, texts=texts)


def remind(seat: Seat, *, session: Session, hours: int) -> Letter | None:
    """Once for each of the hours before, and once more when the session is moved."""
    what = f"reminder:{session.sequence}:{hours}"
    return _write(seat, session, what, actor=None, kind=LetterKind.REMINDER)
