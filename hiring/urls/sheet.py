from django.urls import path

from hiring.views import sheets

urlpatterns = [
    path("hiring/mine/", sheets.sheet_mine, name="sheet_mine"),
    path("hiring/sheets/<int:pk>/", sheets.sheet_page, name="sheet_page"),
    path("hiring/sheets/<int:pk>/save/", sheets.sheet_save, name="sheet_save"),
    path("hiring/sheets/<int:pk>/reopen/", sheets.sheet_reopen, name="sheet_reopen"),
    path("hiring/sheets/<int:pk>/withdraw/", sheets.sheet_withdraw, name="sheet_withdraw"),
    path("hiring/candidacies/<int:pk>/ask/", sheets.sheet_ask, name="sheet_ask"),
]
