from django.urls import path

from hiring.views import file

urlpatterns = [
    path("hiring/files/<uuid:key>/", file.file_download, name="file_download"),
    path("hiring/files/<uuid:key>/text/", file.file_text, name="file_text"),
    path("hiring/files/<uuid:key>/remove/", file.file_remove, name="file_remove"),
    path("hiring/files/<uuid:key>/restore/", file.file_restore, name="file_restore"),
    path("hiring/candidates/<int:pk>/files/", file.file_add, name="file_add"),
]
