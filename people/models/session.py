from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from people.models.user import User


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; those who manage people see that somebody is signed in, and may end it."""
        if not user.is_authenticated:
            return self.none()
        return self if user.manages_people else self.filter(user=user)

    def live(self, now):
        return self.filter(user__isnull=False, expire_date__gt=now)


class Session(AbstractBaseSession):
    """A signed-in browser. It knows its person, so that sessions can be listed and ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        # The store saves rows of this model, so neither can import the other first.
        from people.sessions import SessionStore  # noqa: PLC0415

        return SessionStore
