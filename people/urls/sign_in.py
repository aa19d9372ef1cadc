"""allauth's pages at our addresses. The names are the ones allauth looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.views import factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9a-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("me/second-factor/", factor.factor_page, name="mfa_index"),
    path("me/second-factor/app/", factor.app_connect, name="mfa_activate_totp"),
    path("me/second-factor/app/remove/", factor.app_disconnect, name="mfa_deactivate_totp"),
    path(
        "me/second-factor/passkeys/",
        RedirectView.as_view(pattern_name="people:security_page"),
        name="mfa_list_webauthn",
    ),
    path("me/second-factor/passkeys/add/", factor.passkey_add, name="mfa_add_webauthn"),
    path(
        "me/second-factor/passkeys/<int:pk>/name/",
        passkeys.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
    path(
        "me/second-factor/passkeys/<int:pk>/remove/",
        factor.passkey_remove,
        name="mfa_remove_webauthn",
    ),
    path("me/second-factor/codes/", factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "me/second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "me/second-factor/codes/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
