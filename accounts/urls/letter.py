from django.urls import path

from accounts.views import (
    customer_letter,
    customer_letter_many,
    customer_letter_template,
    handover_plan,
    handover_watch,
    pulse,
)

LETTERS = "customer-letters/"
TEMPLATES = "settings/customer-letters/"

urlpatterns = [
    path(LETTERS, customer_letter.letter_list, name="letter_list"),
    path(f"{LETTERS}review/", customer_letter_many.letter_review, name="letter_review"),
    path(f"{LETTERS}send/", customer_letter_many.letters_send, name="letters_send"),
    path(f"{LETTERS}print/", customer_letter_many.letters_print, name="letters_print"),
    path(f"{LETTERS}printed/", customer_letter_many.letters_printed, name="letters_printed"),
    path(f"{LETTERS}<int:pk>/", customer_letter.letter_page, name="letter_page"),
    path(f"{LETTERS}<int:pk>/edit/", customer_letter.letter_edit, name="letter_edit"),
    path(f"{LETTERS}<int:pk>/send/", customer_letter.letter_send, name="letter_send"),
    path(f"{LETTERS}<int:pk>/printed/", customer_letter.letter_printed, name="letter_printed"),
    path(f"{LETTERS}<int:pk>/discard/", customer_letter.letter_discard, name="letter_discard"),
    path(f"{LETTERS}<int:pk>/again/", customer_letter.letter_again, name="letter_again"),
    path("accounts/<int:pk>/letters/", customer_letter.account_letters, name="account_letters"),
    path("accounts/<int:pk>/letters/draft/", customer_letter.letters_draft, name="letters_draft"),
    path(TEMPLATES, customer_letter_template.letter_template_list, name="letter_template_list"),
    path(
        f"{TEMPLATES}install/",
        customer_letter_template.letter_templates_install,
        name="letter_templates_install",
    ),
    path(
        f"{TEMPLATES}<int:pk>/",
        customer_letter_template.letter_template_edit,
        name="letter_template_edit",
    ),
    path("accounts/<int:pk>/handover/watch/", handover_watch.watch_page, name="watch_page"),
    path("accounts/<int:pk>/handover/watch/ask/", handover_watch.pulse_choose, name="pulse_choose"),
    path(
        "accounts/<int:pk>/handover/watch/accompany/",
        handover_watch.call_accompany,
        name="call_accompany",
    ),
    path("handovers/results/", handover_watch.result_list, name="handover_results"),
    path("handovers/plan/", handover_plan.plan_list, name="plan_list"),
    path("handovers/plan/new/", handover_plan.plan_create, name="plan_create"),
    path("handovers/plan/<int:pk>/", handover_plan.plan_page, name="plan_page"),
    path("handovers/plan/<int:pk>/change/", handover_plan.plan_change, name="plan_change"),
    path("handovers/plan/<int:pk>/begin/", handover_plan.plan_begin, name="plan_begin"),
    path("handovers/plan/<int:pk>/close/", handover_plan.plan_close, name="plan_close"),
    path("pulse/<str:token>/", pulse.pulse_page, name="pulse_page"),
]
