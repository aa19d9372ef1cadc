"""Rows of health lose what made their score, and their figures become whole points."""

from django.db import migrations

FIGURES = ("score", "mean", "ceiling", "was_mean", "was_ceiling")


def round_rows(apps, schema_editor):
    """PostgreSQL writes the table anew with it, without the room that was taken before."""
    whole = {name: f"({name} + 5) / 10 * 10" for name in FIGURES}
    if schema_editor.connection.vendor == "postgresql":
        changes = [
            f"ALTER COLUMN {name} TYPE smallint USING {value}" for name, value in whole.items()
        ]
        schema_editor.execute(f"ALTER TABLE kpi_health {', '.join(changes)}")
    else:
        changes = [f"{name} = {value}" for name, value in whole.items()]
        schema_editor.execute(f"UPDATE kpi_health SET {', '.join(changes)}")


class Migration(migrations.Migration):
    dependencies = [("kpi", "0014_slim_alert_indexes")]

    operations = [
        migrations.RemoveField(model_name="health", name="kept"),
        migrations.RemoveField(model_name="health", name="digest"),
        migrations.RemoveField(model_name="health", name="version"),
        migrations.RunPython(round_rows, migrations.RunPython.noop),
    ]
