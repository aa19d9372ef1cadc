from django.core.management.base import BaseCommand, CommandError

from common import translations


class Command(BaseCommand):
    help = "Fail when a string of the sources has no translation, or one with other placeholders."

    def handle(self, *args, **options):
        found = [
            line for language in translations.LANGUAGES for line in translations.problems(language)
        ]
        for line in found[:20]:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} strings to translate: make messages")
