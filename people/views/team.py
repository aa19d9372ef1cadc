from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from people import commands, queries
from people.forms import AttachmentForm, DayForm, MemberForm, TeamForm
from people.guards import managers_only
from people.models import Attachment, Membership, Team


@managers_only
@require_safe
def teams_page(request: HttpRequest) -> HttpResponse:
    context = {
        "teams": queries.team_list(request.user),
        "form": TeamForm(reader=request.user),
        "attachments": queries.attachments(request.user).open_ended(),
        "attachment_form": AttachmentForm(reader=request.user),
    }
    return render(request, "people/teams.html", context)


@managers_only
@require_POST
def team_create(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _refuse(request, form, "people:teams_page")
    return _try(
        request,
        lambda: commands.create_team(actor=request.user, **form.cleaned_data),
        _("Team created."),
        "people:teams_page",
    )


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def team_page(request: HttpRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = TeamForm(request.POST or None, instance=team, reader=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        return _try(
            request,
            lambda: commands.update_team(actor=request.user, team=team, **values),
            _("Saved."),
            "people:team_page",
            pk,
        )
    context = {
        "team": team,
        "form": form,
        "member_form": MemberForm(reader=request.user),
        "memberships": queries.team_memberships(team),
        "history": queries.history(team, reader=request.user),
    }
    return render(request, "people/team.html", context)


@managers_only
@require_POST
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = MemberForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _refuse(request, form, "people:team_page", pk)
    return _try(
        request,
        lambda: commands.join_team(actor=request.user, team=team, **form.cleaned_data),
        _("Added to the team."),
        "people:team_page",
        pk,
    )


@managers_only
@require_POST
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Membership.objects.visible_to(request.user), pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _refuse(request, form, "people:team_page", row.team_id)
    return _try(
        request,
        lambda: commands.leave_team(
            actor=request.user, membership=row, day=form.cleaned_data["day"]
        ),
        _("Saved."),
        "people:team_page",
        row.team_id,
    )


@managers_only
@require_POST
def attachment_add(request: HttpRequest) -> HttpResponse:
    form = AttachmentForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _refuse(request, form, "people:teams_page")
    return _try(
        request,
        lambda: commands.attach_assistant(actor=request.user, **form.cleaned_data),
        _("Saved."),
        "people:teams_page",
    )


@managers_only
@require_POST
def attachment_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _refuse(request, form, "people:teams_page")
    day = form.cleaned_data["day"]
    return _try(
        request,
        lambda: commands.detach_assistant(actor=request.user, attachment=row, day=day),
        _("Saved."),
        "people:teams_page",
    )


def _try(request: HttpRequest, act, done: str, back: str, *args) -> HttpResponse:
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        toast(request, done)
    return redirect(back, *args)


def _refuse(request: HttpRequest, form, back: str, *args) -> HttpResponse:
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{label}: {errors[0]}" if label else errors[0])
    return redirect(back, *args)
