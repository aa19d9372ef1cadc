from django.urls import path

from hiring.views import letter_stop, letter_templates, letters

urlpatterns = [
    path("letters/stop/<str:token>/", letter_stop.letters_stop, name="letters_stop"),
    path("hiring/letters/", letters.letter_list, name="letter_list"),
    path("hiring/letters/write/", letters.letter_write, name="letter_write"),
    path("hiring/letters/many/<uuid:key>/", letters.letter_batch, name="letter_batch"),
    path(
        "hiring/letters/many/<uuid:key>/stop/", letters.letter_batch_stop, name="letter_batch_stop"
    ),
    path("hiring/letters/templates/", letter_templates.template_list, name="template_list"),
    path(
        "hiring/letters/templates/install/",
        letter_templates.templates_install,
        name="templates_install",
    ),
    path("hiring/letters/templates/new/", letter_templates.template_create, name="template_create"),
    path(
        "hiring/letters/templates/<int:pk>/", letter_templates.template_edit, name="template_edit"
    ),
    path(
        "hiring/letters/templates/<int:pk>/retire/",
        letter_templates.template_retire,
        name="template_retire",
    ),
    path(
        "hiring/letters/templates/<int:pk>/restore/",
        letter_templates.template_restore,
        name="template_restore",
    ),
    path("hiring/letters/<int:pk>/", letters.letter_page, name="letter_page"),
    path("hiring/letters/<int:pk>/stop/", letters.letter_stop, name="letter_stop"),
    path("hiring/letters/<int:pk>/retry/", letters.letter_retry, name="letter_retry"),
]
