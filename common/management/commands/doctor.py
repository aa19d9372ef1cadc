import sys

from django.core.management.base import BaseCommand

from common import doctor


class Command(BaseCommand):
    help = "Check configuration, database, broker, scheduler, disk, last night and last backup."
    requires_system_checks = []

    def handle(self, *args, **options):
        findings = doctor.examine()
        for finding in findings:
            mark = "ok     " if finding.well else "TROUBLE"
            self.stdout.write(f"{mark} {finding.name:14} {finding.words}")
        if not all(finding.well for finding in findings):
            sys.exit(1)
