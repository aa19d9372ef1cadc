from django.urls import path

from accounts.views import fact

PERSON = "accounts/<int:pk>/people/<int:contact>/facts/"

urlpatterns = [
    path("confirm/", fact.confirm_page, name="confirm_page"),
    path("accounts/<int:pk>/confirm/", fact.confirm_part, name="confirm_part"),
    path(PERSON, fact.facts_panel, name="facts_panel"),
    path(f"{PERSON}<slug:fact>/", fact.fact_change, name="fact_change"),
    path(f"{PERSON}<slug:fact>/history/", fact.fact_history, name="fact_history"),
    path("facts/<int:pk>/confirm/", fact.fact_confirm, name="fact_confirm"),
    path("facts/<int:pk>/forget/", fact.fact_forget, name="fact_forget"),
    path("facts/<int:pk>/retract/", fact.fact_retract, name="fact_retract"),
    path(
        "accounts/<int:pk>/touchpoints/<int:touchpoint>/question/",
        fact.question_answer,
        name="question_answer",
    ),
]
