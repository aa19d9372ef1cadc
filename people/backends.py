from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef

from people.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Backend(AuthenticationBackend):
    """A request learns of its reader, roles and second factor in one query."""

    def get_user(self, user_id: int) -> User | None:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        rows = list(
            User.objects.active()
            .filter(pk=user_id)
            .annotate(held_role=F("role_grants__role"), has_second_factor=Exists(factors))
            .order_by()
        )
        if not rows:
            return None
        user = rows[0]
        user.roles = frozenset(row.held_role for row in rows if row.held_role)
        return user
