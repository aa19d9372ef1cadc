from django.urls import path

from hiring.views import board, candidacy

urlpatterns = [
    path("hiring/<int:pk>/", board.vacancy_page, name="vacancy_page"),
    path("hiring/candidacies/<int:pk>/move/", candidacy.candidacy_move, name="candidacy_move"),
    path("hiring/candidacies/<int:pk>/reject/", candidacy.candidacy_reject,
         name="candidacy_reject"),
    path("hiring/candidacies/<int:pk>/reject/letter/", candidacy.refusal_preview,
         name="refusal_preview"),
    path("hiring/candidacies/<int:pk>/withdraw/", candidacy.candidacy_withdraw,
         name="candidacy_withdraw"),
    path("hiring/candidacies/<int:pk>/reopen/", candidacy.candidacy_reopen,
         name="candidacy_reopen"),
    path("hiring/candidacies/undo/<int:event>/", candidacy.candidacy_undo, name="candidacy_undo"),
    path("hiring/candidacies/undo-several/<int:event>/", candidacy.candidacies_undo,
         name="candidacies_undo"),
]  # fmt: skip
