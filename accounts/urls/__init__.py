"""Addresses by noun; all of them are named accounts:…"""

from accounts.urls import account

app_name = "accounts"
urlpatterns = [
    *account.urlpatterns,
]
