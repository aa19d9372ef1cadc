"""The night reads a corrected account's days from the index alone, which lies together, and not
from the table, where the days of one account are as far apart as the imports that brought them."""

from django.db import migrations

from common.dbops import PostgresOnly

TABLE, NAME = "accounts_accountday", "accounts_account_day"


def unique(included: str = "") -> list[str]:
    return [
        f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}",
        f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} UNIQUE (account_id, day) {included}",
    ]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_health_cuts")]

    operations = [PostgresOnly(unique("INCLUDE (net, cost, uncosted)"), unique())]
