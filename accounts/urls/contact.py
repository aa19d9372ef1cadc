from django.urls import path

from accounts.views import (
    contact,
    contact_edit,
    contact_merge,
    contact_note,
    contact_place,
    contact_role,
    division,
    people_export,
)

PEOPLE = "accounts/<int:pk>/people/"
PERSON = f"{PEOPLE}<int:contact>/"

urlpatterns = [
    path("accounts/people/new/", contact.contact_begin, name="contact_begin"),
    path(
        "accounts/people/export.<export_kind:kind>",
        people_export.people_export,
        name="people_export",
    ),
    path(
        "accounts/people/duplicates/", contact_merge.contact_duplicates, name="contact_duplicates"
    ),
    path("accounts/people/targets/", contact_place.contact_targets, name="contact_targets"),
    path(
        "accounts/people/<int:pk>/merge/<int:other>/",
        contact_merge.contact_merge,
        name="contact_merge",
    ),
    path(
        "accounts/people/<int:pk>/not/<int:other>/",
        contact_merge.contact_distinct,
        name="contact_distinct",
    ),
    path(
        "accounts/people/<int:pk>/not/<int:other>/undo/",
        contact_merge.contact_alike,
        name="contact_alike",
    ),
    path(
        "accounts/people/merges/<int:pk>/undo/",
        contact_merge.contact_merge_undo,
        name="contact_merge_undo",
    ),
    path(PEOPLE, contact.account_people, name="account_people"),
    path(f"{PEOPLE}new/", contact_edit.contact_create, name="contact_create"),
    path(f"{PEOPLE}add/", contact_edit.contact_add, name="contact_add"),
    path(f"{PEOPLE}namesakes/", contact_edit.contact_namesakes, name="contact_namesakes"),
    path(f"{PEOPLE}holes/<slug:role>/ask/", contact_edit.hole_ask, name="hole_ask"),
    path(
        f"{PEOPLE}places/<int:position>/reopen/",
        contact_place.position_reopen,
        name="position_reopen",
    ),
    path(f"{PEOPLE}places/<int:position>/move-undo/", contact_place.move_undo, name="move_undo"),
    path(PERSON, contact.contact_page, name="contact_page"),
    path(f"{PERSON}edit/", contact_edit.contact_edit, name="contact_edit"),
    path(
        f"{PERSON}edit/<int:event>/undo/", contact_edit.contact_edit_undo, name="contact_edit_undo"
    ),
    path(f"{PERSON}remove/", contact_edit.contact_remove, name="contact_remove"),
    path(f"{PERSON}leave/", contact_place.contact_leave, name="contact_leave"),
    path(f"{PERSON}move/", contact_place.contact_move, name="contact_move"),
    path(f"{PERSON}photo/", contact.contact_photo, name="contact_photo"),
    path(f"{PERSON}photo/set/", contact_note.photo_set, name="photo_set"),
    path(f"{PERSON}photo/remove/", contact_note.photo_remove, name="photo_remove"),
    path(f"{PERSON}notes/", contact_note.note_write, name="note_write"),
    path(f"{PERSON}notes/<int:note>/", contact_note.note_edit, name="note_edit"),
    path(f"{PERSON}notes/<int:note>/remove/", contact_note.note_remove, name="note_remove"),
    path(f"{PERSON}notes/<int:note>/restore/", contact_note.note_restore, name="note_restore"),
    path("accounts/<int:pk>/divisions/new/", division.division_create, name="division_create"),
    path(
        "accounts/<int:pk>/divisions/<int:division>/", division.division_edit, name="division_edit"
    ),
    path(
        "accounts/<int:pk>/divisions/<int:division>/remove/",
        division.division_remove,
        name="division_remove",
    ),
    path("settings/contact-roles/", contact_role.contact_roles, name="contact_roles"),
    path(
        "settings/contact-roles/new/", contact_role.contact_role_create, name="contact_role_create"
    ),
    path(
        "settings/contact-roles/install/",
        contact_role.contact_roles_install,
        name="contact_roles_install",
    ),
    path(
        "settings/contact-roles/<int:pk>/", contact_role.contact_role_edit, name="contact_role_edit"
    ),
    path(
        "settings/contact-roles/<int:pk>/remove/",
        contact_role.contact_role_remove,
        name="contact_role_remove",
    ),
]
