"""The filters of the account list, for a queryset of accounts or of their scores."""

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import AccountStatus
from accounts.models import Account, Scoring
from accounts.queries import cadence
from accounts.queries.list_state import HEALTH, HEALTHS, ListState
from common import folding
from people.models import Membership, User

OPEN = (AccountStatus.ACTIVE, AccountStatus.PROSPECT)


def conditions(state: ListState, user: User, scoring: Scoring, *, on_score: bool) -> list[Q]:
    """The state's filters, for a queryset of Account or of AccountScore."""
    account = "account__" if on_score else ""
    score = "" if on_score else "score__"
    found = [_status(state, account), *words_in(state.q, account)]
    plain = {
        "segment__in": state.segment, "country__in": state.country,
        "territory__in": state.territory,
    }  # fmt: skip
    found += [Q(**{account + path: values}) for path, values in plain.items() if values]
    found += _tiers_and_keys(state, score, on_score=on_score)
    found += _people(state, user, account)
    if state.tag:
        tagged = Account.tags.through.objects.filter(tag__in=state.tag).values("account")
        found.append(Q(**{f"{account or 'pk'}".removesuffix("__") + "__in": tagged}))
    if state.silent and scoring.as_of:
        until = scoring.as_of - dt.timedelta(days=state.silent)
        found.append(Q(**{f"{score}last_order__lte": until}))
    if state.health:
        found.append(_health(state.health, account))
    if state.view == "silent":
        found.append(Q(**{f"{score}alarm_day__lte": scoring.as_of or dt.date.min}))
    if state.cadence:
        found.append(cadence.condition(state.cadence, timezone.localdate(), account=account))
    return found


def _health(name: str, account: str) -> Q:
    """Of this health; who has no figures at all is not known either."""
    points, bounds = f"{account}{HEALTH}", HEALTHS[name]
    if bounds is None:
        return Q(**{points: None})
    return Q(**{f"{points}__gte": bounds[0], f"{points}__lt": bounds[1]})


def _status(state: ListState, account: str) -> Q:
    return Q(**{f"{account}status__in": state.status or OPEN})


def words_in(text: str, account: str = "") -> list[Q]:
    """Each word somewhere in the folded text; a word of one or two letters begins another."""
    path = f"{account}search_text__contains"
    return [reduce(or_, (Q(**{path: part}) for part in parts)) for parts in folding.wanted(text)]


def _tiers_and_keys(state: ListState, score: str, *, on_score: bool) -> list[Q]:
    found = []
    if state.tier:
        tiers = Q(**{f"{score}tier__in": state.tier})
        if "N" in state.tier and not on_score:
            tiers |= Q(score=None)
        found.append(tiers)
    key = {"yes": True, "no": False}.get(state.key)
    if state.view == "key":
        found.append(Q(**{f"{score}is_key": True}))
    if key is not None:
        is_key = Q(**{f"{score}is_key": key})
        found.append(is_key if key or on_score else is_key | Q(score=None))
    return found


def _people(state: ListState, user: User, account: str) -> list[Q]:
    found = []
    if state.view == "mine":
        found.append(Q(**{f"{account}owner": user}))
    if state.view == "unowned":
        found.append(Q(**{f"{account}owner": None}))
    if state.owner:
        ids = [int(value) for value in state.owner if value.isdigit()]
        ids += [user.pk] if "me" in state.owner else []
        owners = Q(**{f"{account}owner__in": ids})
        found.append(owners | Q(**{f"{account}owner": None}) if "none" in state.owner else owners)
    if state.team:
        members = Membership.objects.filter(team__in=state.team, valid_to=None).values("user")
        found.append(Q(**{f"{account}owner__in": members}))
    return found


def accounts_of(user: User, state: ListState, scoring: Scoring) -> QuerySet[Account]:
    """All accounts the list would show, unordered; what exports, counts and bulk actions use."""
    rows = Account.objects.visible_to(user)
    for condition in conditions(state, user, scoring, on_score=False):
        rows = rows.filter(condition)
    return rows
