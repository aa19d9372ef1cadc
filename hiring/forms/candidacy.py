"""How somebody goes out: why, and whether a letter tells them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import formats
from hiring.choices import LetterKind
from hiring.models import LetterTemplate, RejectReason, Session, Stage, Vacancy

# Letters that need nothing but the person and the vacancy: others belong to a seat or a task.
FREE_KINDS = (LetterKind.APPROACH, LetterKind.RECEIVED, LetterKind.LINK, LetterKind.OTHER)


class ReasonField(forms.ModelChoiceField):
    def label_from_instance(self, reason: RejectReason) -> str:
        return reason.name


class RefusalForm(forms.Form):
    reason = ReasonField(
        RejectReason.objects.filter(by_candidate=False), label=_("Why they are not taken")
    )
    letter = forms.BooleanField(
        label=_("Write to them on the next working day"), required=False, initial=True
    )


class WithdrawalForm(forms.Form):
    reason = ReasonField(
        RejectReason.objects.filter(by_candidate=True),
        label=_("Why they do not go on"),
        required=False,
        empty_label=_("They did not say"),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TemplateField(forms.ModelChoiceField):
    def label_from_instance(self, template: LetterTemplate) -> str:
        return template.name


class MailingForm(forms.Form):
    template = TemplateField(
        LetterTemplate.objects.filter(retired_at=None, kind__in=FREE_KINDS), label=_("Letter")
    )


class InvitationForm(forms.Form):
    """To one of the coming sessions of the vacancy."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"))
    override_reason = forms.CharField(
        label=_("Why they may meet, if somebody should not"), max_length=400, required=False
    )

    def __init__(self, *args, vacancy: Vacancy, **kw):
        super().__init__(*args, **kw)
        self.fields["session"].queryset = vacancy.sessions.coming(timezone.now())
        self.fields["session"].label_from_instance = session_words


def session_words(session: Session) -> str:
    return _("%(when)s, %(booked)s of %(seats)s seats taken") % {
        "when": formats.moment(session.starts_at),
        "booked": formats.number(session.booked),
        "seats": formats.number(session.seats),
    }


class StageForm(forms.Form):
    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Move to"), empty_label=None)

    def __init__(self, *args, vacancy: Vacancy, **kw):
        super().__init__(*args, **kw)
        self.fields["stage"].queryset = vacancy.stages.all()
