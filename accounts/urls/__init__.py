"""Addresses by noun; all of them are named accounts:…"""

from accounts.urls import account, dossier, fact, log, task

app_name = "accounts"
urlpatterns = [
    *account.urlpatterns,
    *task.urlpatterns,
    *fact.urlpatterns,
    *log.urlpatterns,
    *dossier.urlpatterns,
]
