"""demo_signins: one sign-in per role of the demo company."""

from django.core.management.base import BaseCommand

from kpi.demo.people import PASSWORD
from people.models import User


class Command(BaseCommand):
    help = "Print the sign-ins of the demo company: role, e-mail address, password."

    def handle(self, *args, **options):
        people = User.objects.filter(preferences__demo__isnull=False).order_by("id")
        if not people:
            self.stdout.write("There is no demo company here; `seed_demo` makes one.")
            return
        width = max(len(person.email) for person in people)
        for person in people:
            role = person.preferences["demo"]
            self.stdout.write(f"  {role:<14} {person.email:<{width}}  {PASSWORD}  {person.name}")
