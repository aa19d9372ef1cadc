"""What we want otherwise than allauth: no sign-up, our words, our limits, our letters."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import commands, rules, sessions
from people.models import Company, User

WRONG_CODE = _("This code is wrong, used or out of date. Try the next one.")
LOCKED = _(
    "Too many tries. Password sign-in is closed for 15 minutes; a passkey still opens. "
    "You can also set a new password."
)
SAID_AFTER = {
    "account/messages/password_changed.txt": _("Password changed. Other sessions have ended."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is connected."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is disconnected."),
    "mfa/messages/webauthn_added.txt": _("Passkey added."),
    "mfa/messages/webauthn_removed.txt": _("Passkey removed."),
}
AGAIN = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This sign-in is closed. Ask an administrator."),
        "email_password_mismatch": _("The address or the password is wrong."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your current password."),
        "invalid_login": _("The address or the password is wrong."),
        "invalid_password_reset": _("This link has been used, replaced or has expired."),
        "too_many_login_attempts": LOCKED,
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Redirects stay on the very host that was asked."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="",
        message=None,
    ):  # fmt: skip
        text = message or SAID_AFTER.get(message_template)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Our commands write these letters, so that they are written in one place."""

    def send_mail(self, template_prefix, email, context):
        raise RuntimeError(f"{template_prefix}: letters live in people.mail")

    def respond_user_inactive(self, request, user):
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def login(self, request, user) -> None:
        commands.forget_expired_sessions()
        super().login(request, user)
        sessions.begin(request)

    # Limits: five failures in a quarter of an hour for an address from one place, twenty an hour
    # for an address from anywhere, a hundred an hour from one place.

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        address = credentials.get("email", "").strip().lower()
        return f"{address}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request, **credentials) -> None:
        super().pre_authenticate(request, **credentials)
        self._anywhere = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_anywhere",
            key=credentials.get("email", "").strip().lower(),
        )
        if not self._anywhere:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            self._anywhere.rollback()
        return user

    def forget_failures(self, request, user: User) -> None:
        """After a reset by mail the address may try again from here."""
        self._delete_login_attempts_cached_email(request, email=user.email)

    # Signing in again before something sensitive

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who has just signed in need not do it twice."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user) -> list[dict]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": AGAIN[method["id"]]} for method in methods]


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Add another one before you remove this."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays while the person's role needs one."""
        user = authenticator.user
        factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=user, type__in=factors)
        if settings.DEMO or others.exclude(pk=authenticator.pk).exists():
            return True
        required = Company.current().second_factor_roles
        return not rules.needs_second_factor(user.roles, required)

    def generate_authenticator_name(self, user, type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "KAM Hub"}
