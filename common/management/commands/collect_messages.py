from django.core.management.base import BaseCommand

from common import translations


class Command(BaseCommand):
    help = "Bring the strings of the sources into the translation files and say what is missing."

    def handle(self, *args, **options):
        for language in translations.LANGUAGES:
            translations.update(language)
            missing = translations.problems(language)
            self.stdout.write(f"{language}: {len(missing)} to do")
        translations.compile_all()
