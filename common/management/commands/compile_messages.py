from django.core.management.base import BaseCommand

from common import translations


class Command(BaseCommand):
    help = "Compile the translations that changed; needs no gettext program."
    requires_system_checks = []

    def handle(self, *args, **options):
        for path in translations.compile_all():
            self.stdout.write(str(path))
