"""What merges may touch, row by row, to compare before and after."""

from django.db.models import Model
from django.forms.models import model_to_dict

from accounts.models import (
    AccountRhythm,
    Cadence,
    Contact,
    ContactNote,
    Division,
    DossierEntry,
    File,
    Line,
    MapPlace,
    Observation,
    Position,
    Promise,
    Reach,
    Task,
    Tie,
    Touchpoint,
    TouchpointContact,
)

TABLES: tuple[type[Model], ...] = (
    Cadence, Contact, ContactNote, Division, DossierEntry, File, Line, MapPlace, Observation,
    Position, Promise, Reach, Task, Touchpoint, TouchpointContact,
)  # fmt: skip


def snapshot() -> dict:
    """Every row but for counters of saves; ties and rhythms by what they say."""
    rows = {
        (model.__name__, row.pk): {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.name != "version"
        }
        for model in TABLES
        for row in model._base_manager.all()
    }
    for tie in Tie.objects.all():
        key = ("Tie", tie.account_id, tie.contact_id, tie.colleague_id)
        rows[key] = {"touchpoints": tie.touchpoints, "energy": round(tie.energy, 6)}
    for rhythm in AccountRhythm.objects.filter(touchpoints__gt=0):
        rows["Rhythm", rhythm.pk] = model_to_dict(rhythm)
    return rows


def pointers(model: type[Model]) -> set[str]:
    """Every foreign key to the model, those without a way back too, as
    accounts.commands.moving names it."""
    return {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.is_relation and relation.auto_created and not relation.concrete
        if not relation.many_to_many and "_" not in relation.related_model._meta.model_name
    }
