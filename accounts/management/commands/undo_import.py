"""Take an import back from the command line."""

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from accounts.commands.ledger import KIND
from accounts.commands.ledger_undo import undo_import
from common.errors import RuleBroken
from common.models import Import


class Command(BaseCommand):
    help = "Undo a ledger import: what it replaced returns, what it brought goes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int)

    def handle(self, **options) -> None:
        try:
            batch = undo_import(import_id=options["id"])
        except Import.DoesNotExist:
            self.stderr.write(_("There is no ledger import %(id)s.") % {"id": options["id"]})
            sys.exit(2)
        except RuleBroken as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(f"{KIND} import {batch.pk}: {batch.get_state_display()}")
