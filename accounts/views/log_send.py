"""What devices send to the phone log, answered in JSON and in words; and the plain form's post.

401 says where to sign in, 409 and 422 what happened and what to do; the device keeps the entry.
"""

import json

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.choices import Direction
from accounts.commands import log as commands
from accounts.commands.touchpoint import Conflict
from accounts.forms.log import LogForm, UndoForm
from accounts.models import Account, Contact, Touchpoint
from accounts.queries.confirm import Question, question_after
from accounts.queries.log import log_data
from accounts.rules.log import true_time
from accounts.views.log import device_reader, page_context
from common.errors import RuleBroken
from common.toasts import toast
from people.models import User

MOST_BYTES = 100_000
FIRST = 1  # the version of a touchpoint that nobody has changed


@device_reader
@require_POST
def log_send(request: HttpRequest) -> HttpResponse:
    """One entry, from a device (JSON) or the plain form; the same key again adds nothing."""
    if request.content_type == "application/json":
        answer, status = sent_by_device(request)
        return JsonResponse(answer, status=status)
    form = LogForm(request.POST)
    refused = form.first_error() if not form.is_valid() else ""
    if not refused:
        try:
            touchpoint, _new = entered(form.cleaned_data, request.user)
            toast(request, _("Logged."))
            return redirect("accounts:account_page", touchpoint.account_id)
        except (RuleBroken, ObjectDoesNotExist) as error:
            refused = said_of(error)["reason"]
    data = log_data(request.user, wanted=request.POST.get("account", ""))
    context = page_context(data, refused=refused, told=request.POST)
    return render(request, "accounts/log_page.html", context, status=422)


@device_reader
@require_POST
def log_undo(request: HttpRequest) -> JsonResponse:
    """Take back what one has just sent."""
    form = UndoForm(read_json(request) or {})
    if not form.is_valid():
        return JsonResponse({"state": "refused"}, status=422)
    try:
        commands.take_back_entry(actor=request.user, key=form.cleaned_data["key"])
    except Touchpoint.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        return JsonResponse({"state": "refused", "reason": str(broken)}, status=422)
    return JsonResponse({"state": "undone"})


def sent_by_device(request: HttpRequest) -> tuple[dict, int]:
    """(answer, status)"""
    values = read_json(request)
    if values is None:
        return {"state": "refused", "code": "unreadable", "reason": "", "advice": ""}, 400
    form = LogForm.from_json(values)
    if not form.is_valid():
        said = {"code": "form", "reason": form.first_error(), "advice": mend()}
        return {"state": "refused", **said}, 422
    told = form.cleaned_data
    if told["user"] is not None and told["user"] != request.user.pk:
        return {"state": "other_user"}, 409
    try:
        touchpoint, is_new = entered(told, request.user)
    except Conflict as conflict:
        return {"state": "conflict", "theirs": shown(conflict.touchpoint)}, 409
    except (RuleBroken, ObjectDoesNotExist) as error:
        return {"state": "refused", **said_of(error)}, 422
    question = asked(question_after(touchpoint, request.user)) if is_new else None
    return {"state": "sent", "is_new": is_new, "question": question, **shown(touchpoint)}, 200


def asked(question: Question | None) -> dict | None:
    """The one question, with the address its answer is posted to."""
    if question is None:
        return None
    ids = [question.account_id, question.touchpoint_id]
    return {
        "sentence": question.sentence,
        "url": reverse("accounts:question_answer", args=ids),
        "contact": question.contact.pk,
        "fact": question.fact,
        "options": [
            {"value": option.value, "label": str(option.label), "is_current": option.is_current}
            for option in question.options
        ],
    }


def read_json(request: HttpRequest) -> dict | None:
    if len(request.body) > MOST_BYTES:
        return None
    try:
        values = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def entered(told: dict, user: User) -> tuple[Touchpoint, bool]:
    """Hand a clean entry to its command, with the device's clock mended."""
    now = timezone.now()
    clock = {"sent": told["sent_at"], "now": now}
    made_at = true_time(told["made_at"] or now, **clock)
    fields = {
        "channel": told["channel"],
        "at": true_time(told["at"], **clock) if told["at"] else made_at,
        "direction": told["direction"] or Direction.BOTH,
        "tone": told["tone"],
        "text": told["text"],
    }
    people = {"contact_ids": told["contacts"], "new_people": told["new_people"]}
    promise = told["promise"] and {
        "text": told["promise"],
        "is_ours": told["promise_by"] != "them",
        "due": told["promise_due"],
        "contact_id": told["contacts"][0] if told["contacts"] else None,
    }
    step = commands.step_of(told["step"], told["step_due"], told["step_owner"], actor=user)
    entry = {"actor": user, "key": told["key"], "next_step": step, "promise": promise or None}
    entry |= people | fields
    if told["version"] is not None:
        return commands.edit_entry(**entry, version=told["version"]), False
    row, is_new = commands.log_entry(**entry, account_id=told["account"], recorded_at=made_at)
    if told["edited"] and not is_new:  # it had arrived before it was changed; nobody was told
        row = commands.edit_entry(**entry, version=FIRST)
    if told["replaces"]:
        commands.take_back_entry(actor=user, key=told["replaces"], may_miss=True)
    return row, is_new


def said_of(error: Exception) -> dict:
    """Why an entry was refused and what its writer can do; it stays on the device meanwhile."""
    if isinstance(error, Account.DoesNotExist):
        return {
            "code": "account",
            "reason": _("This account is no longer yours to write to."),
            "advice": _("Choose another account, or ask its manager to let you in."),
        }
    if isinstance(error, Contact.DoesNotExist):
        return {
            "code": "people",
            "reason": _("Somebody you chose is not at this account any more."),
            "advice": _("Open the entry, choose the people again and save it."),
        }
    if isinstance(error, RuleBroken):
        return {"code": "rule", "reason": str(error), "advice": mend()}
    if isinstance(error, Touchpoint.DoesNotExist | User.DoesNotExist):
        return {
            "code": "gone",
            "reason": _("What this entry names is not there any more."),
            "advice": _("Open the entry, choose again and save it."),
        }
    raise Http404 from error


def mend() -> str:
    return _("Open the entry, mend it and save it again.")


def shown(touchpoint: Touchpoint) -> dict:
    """A touchpoint as devices keep it for correcting what was just sent."""
    account = touchpoint.account
    contacts = [row.contact for row in touchpoint.presences.select_related("contact")]
    return {
        "key": str(touchpoint.key),
        "id": touchpoint.pk,
        "version": touchpoint.version,
        "url": reverse("accounts:account_page", args=[account.pk]),
        "values": {
            "account": account.pk,
            "channel": touchpoint.channel,
            "direction": touchpoint.direction,
            "tone": touchpoint.tone,
            "text": touchpoint.text,
            "at": touchpoint.at.isoformat(),
            "contacts": [contact.pk for contact in contacts],
        },
        "shown": {"account": account.name, "people": [contact.name for contact in contacts]},
    }
