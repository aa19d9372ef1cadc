from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hiring.views import (
    candidate,
    candidate_bulk,
    candidate_edit,
    candidate_import,
    candidate_list,
    candidate_merge,
    candidate_note,
    candidate_views,
)

PEOPLE = "hiring/candidates/"
PERSON = f"{PEOPLE}<int:pk>/"


class OptOut(StringConverter):
    regex = "letters|calls"


class Flag(StringConverter):
    regex = "[01]"

    def to_python(self, value: str) -> int:
        return int(value)


class Table(StringConverter):
    regex = "csv|xlsx"


register_converter(OptOut, "opt_out")
register_converter(Flag, "flag")
register_converter(Table, "table")

urlpatterns = [
    path(PEOPLE, candidate_list.candidate_list_page, name="candidate_list"),
    path(f"{PEOPLE}filters/", candidate_list.candidate_filters, name="candidate_filters"),
    path(f"{PEOPLE}export.<table:kind>", candidate_list.candidate_export, name="candidate_export"),
    path(f"{PEOPLE}views/save/", candidate_views.view_save, name="candidate_view_save"),
    path(f"{PEOPLE}views/first/", candidate_views.view_first, name="candidate_view_first"),
    path(
        f"{PEOPLE}views/<int:pk>/change/", candidate_views.view_change, name="candidate_view_change"
    ),
    path(
        f"{PEOPLE}views/<int:pk>/delete/", candidate_views.view_delete, name="candidate_view_delete"
    ),
    path(f"{PEOPLE}to-vacancy/", candidate_bulk.candidacies_preview, name="candidacies_preview"),
    path(f"{PEOPLE}to-vacancy/add/", candidate_bulk.candidacies_add, name="candidacies_add"),
    path(
        f"{PEOPLE}to-vacancy/<int:event>/undo/",
        candidate_bulk.candidacies_undo,
        name="candidacies_add_undo",
    ),  # fmt: skip
    path(f"{PEOPLE}to-calls/", candidate_bulk.candidates_call, name="candidates_call"),
    path(f"{PEOPLE}write/", candidate_bulk.candidates_write, name="candidates_write"),
    path(f"{PEOPLE}new/", candidate_edit.candidate_create, name="candidate_create"),
    path(f"{PEOPLE}new/known/", candidate_edit.candidate_namesakes, name="candidate_namesakes"),
    path(f"{PEOPLE}new/colleague/", candidate_edit.colleague_add, name="colleague_add"),
    path(f"{PEOPLE}import/", candidate_import.candidates_import, name="candidates_import"),
    path(f"{PEOPLE}duplicates/", candidate_merge.candidate_duplicates, name="candidate_duplicates"),
    path(f"{PEOPLE}merges/<int:pk>/undo/", candidate_merge.merge_undo, name="candidate_merge_undo"),
    path(f"{PERSON}merge/<int:other>/", candidate_merge.candidate_merge, name="candidate_merge"),
    path(
        f"{PERSON}not/<int:other>/", candidate_merge.candidate_distinct, name="candidate_distinct"
    ),
    path(f"{PERSON}not/<int:other>/undo/", candidate_merge.candidate_alike, name="candidate_alike"),
    path(PERSON, candidate.candidate_page, name="candidate_page"),
    path(f"{PERSON}edit/", candidate_edit.candidate_edit, name="candidate_edit"),
    path(
        f"{PERSON}no-<opt_out:what>/<flag:stop>/",
        candidate.candidate_opt_out,
        name="candidate_opt_out",
    ),  # fmt: skip
    path(f"{PERSON}manager/<flag:may>/", candidate.candidate_manager, name="candidate_manager"),
    path(f"{PERSON}notes/", candidate_note.note_write, name="candidate_note_write"),
    path(f"{PERSON}notes/<int:note>/", candidate_note.note_edit, name="candidate_note_edit"),
    path(
        f"{PERSON}notes/<int:note>/remove/",
        candidate_note.note_remove,
        name="candidate_note_remove",
    ),  # fmt: skip
    path(
        f"{PERSON}notes/<int:note>/restore/",
        candidate_note.note_restore,
        name="candidate_note_restore",
    ),  # fmt: skip
]
