from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.user import User


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and those colleagues share; only the owner changes them."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(models.Model):
    """A list as somebody likes it: filters, sorting and columns in one query string."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="people_view_name")
        ]

    def __str__(self) -> str:
        return self.name
