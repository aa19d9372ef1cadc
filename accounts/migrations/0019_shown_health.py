"""The health that lists show moves to narrow rows of its own."""

import django.db.models.deletion
from django.db import migrations, models


def move(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Room beside each row, so that most of them change in place night after night.
        schema_editor.execute("ALTER TABLE accounts_shownhealth SET (fillfactor = 50)")
    schema_editor.execute(
        "INSERT INTO accounts_shownhealth (account_id, points, confidence)"
        " SELECT account_id, health, health_confidence FROM accounts_accountscore"
        " WHERE health_confidence IS NOT NULL ORDER BY account_id"
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_warned_at")]

    operations = [
        migrations.CreateModel(
            name="ShownHealth",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shown_health",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        help_text="0 to 100; empty: not known.", null=True
                    ),
                ),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        help_text="Weight of the parts that are known and fresh, percent."
                    ),
                ),
            ],
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="accountscore", name="health"),
        migrations.RemoveField(model_name="accountscore", name="health_confidence"),
    ]
