from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.dates import Span, SpanQuerySet
from people.models.user import User


class ColleaguesQuerySet(SpanQuerySet):
    """Who works with whom is no secret inside the company."""

    def visible_to(self, user):
        return self if user.is_authenticated and user.is_active else self.none()


class Team(models.Model):
    name = models.CharField(_("team"), max_length=80, unique=True)
    lead = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="teams_led",
        verbose_name=_("lead"),
    )

    objects = ColleaguesQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Span):
    """Who belonged to which team, and when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")

    objects = ColleaguesQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["user"], condition=Q(valid_to=None), name="people_one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Attachment(Span):
    """Whose assistant somebody is, and when."""

    assistant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attachments")
    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assistants")

    objects = ColleaguesQuerySet.as_manager()

    class Meta:
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["assistant", "manager"],
                condition=Q(valid_to=None),
                name="people_one_open_attachment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assistant} for {self.manager}"
