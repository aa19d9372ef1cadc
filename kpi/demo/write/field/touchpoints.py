"""Touchpoints with those who took part, on both sides."""

import datetime as dt
import uuid

from accounts.choices import TouchpointState
from accounts.commands import search_texts
from accounts.models import Touchpoint, TouchpointColleague, TouchpointContact
from kpi.demo.field import TouchPlan
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH

LATE_AFTER = 24  # hours that still count as at once


def write_touchpoints(world: World) -> None:
    plans = [(field, at, touch) for field in world.fields for at, touch in enumerate(field.touches)]
    rows = [_touchpoint(world, field.index, at, touch) for field, at, touch in plans]
    Touchpoint.objects.bulk_create(rows, batch_size=BATCH)
    theirs, ours = [], []
    for (field, at, touch), row in zip(plans, rows, strict=True):
        world.touchpoints[field.index, at] = row
        for place, who in enumerate(touch.who):
            contact = world.contacts[field.index, who]
            theirs.append(TouchpointContact(touchpoint=row, contact=contact, position=place))
        for key in touch.ours:
            ours.append(TouchpointColleague(touchpoint=row, colleague=world.users[key]))
    TouchpointContact.objects.bulk_create(theirs, batch_size=BATCH)
    TouchpointColleague.objects.bulk_create(ours, batch_size=BATCH)


def _touchpoint(world: World, index: int, at: int, touch: TouchPlan) -> Touchpoint:
    when = world.at(touch.ago, touch.hour, touch.minute)
    told = when + dt.timedelta(hours=LATE_AFTER + touch.late_hours if touch.late_hours else 1)
    if touch.state == TouchpointState.PLANNED:
        told = world.at(max(touch.ago, 0) + 3, 15)
    return Touchpoint(
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"severpack {world.seed} {index} {at}"),
        account=world.accounts[index],
        state=touch.state,
        channel=touch.channel,
        direction=touch.direction,
        at=when,
        minutes=touch.minutes,
        place=touch.place,
        subject=touch.subject,
        tone=touch.tone,
        text=touch.text,
        author=world.users[touch.ours[0]],
        recorded_at=told,
        late_hours=touch.late_hours,
        search_text=search_texts.of_touchpoint(touch.subject, touch.text, touch.place),
    )
