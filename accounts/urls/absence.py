from django.urls import path

from accounts.views import absence, cover

urlpatterns = [
    path("absences/", absence.absence_list, name="absence_list"),
    path("absences/new/", absence.absence_create, name="absence_create"),
    path("absences/calendar.ics", absence.absence_feed, name="absence_feed"),
    path("absences/<int:pk>/", absence.absence_page, name="absence_page"),
    path("absences/<int:pk>/change/", absence.absence_change, name="absence_change"),
    path("absences/<int:pk>/cancel/", absence.absence_cancel, name="absence_cancel"),
    path("absences/<int:pk>/restore/", absence.absence_restore, name="absence_restore"),
    path("absences/<int:pk>/ask/", absence.absence_ask, name="absence_ask"),
    path("absences/<int:pk>/agree/", absence.absence_agree, name="absence_agree"),
    path("absences/<int:pk>/read/", absence.absence_read, name="absence_read"),
    path("covers/<int:pk>/decline/", cover.cover_decline, name="cover_decline"),
    path("covers/<int:pk>/cancel/", cover.cover_cancel, name="cover_cancel"),
    path("covers/<int:pk>/brief/", cover.cover_brief, name="cover_brief"),
    path("covers/<int:pk>/words/", cover.cover_words, name="cover_words"),
]
