from django.urls import path

from hiring.views import benchmark, competency, profile

urlpatterns = [
    path("hiring/profiles/", profile.profile_list, name="profile_list"),
    path("hiring/profiles/new/", profile.profile_create, name="profile_create"),
    path("hiring/profiles/check/", profile.profile_lint, name="profile_lint"),
    path("hiring/profiles/<int:pk>/", profile.profile_page, name="profile_page"),
    path("hiring/profiles/<int:pk>/edit/", profile.profile_edit, name="profile_edit"),
    path("hiring/profiles/<int:pk>/copy/", profile.profile_copy, name="profile_copy"),
    path("hiring/profiles/<int:pk>/archive/", profile.profile_archive, name="profile_archive"),
    path("hiring/profiles/<int:pk>/restore/", profile.profile_restore, name="profile_restore"),
    path("hiring/competencies/", competency.competency_list, name="competency_list"),
    path(
        "hiring/competencies/install/", competency.competencies_install, name="competencies_install"
    ),
    path("hiring/competencies/new/", competency.competency_create, name="competency_create"),
    path("hiring/competencies/<int:pk>/", competency.competency_edit, name="competency_edit"),
    path(
        "hiring/competencies/<int:pk>/retire/",
        competency.competency_retire,
        name="competency_retire",
    ),
    path(
        "hiring/competencies/<int:pk>/restore/",
        competency.competency_restore,
        name="competency_restore",
    ),
    path("hiring/pay/", benchmark.benchmark_list, name="benchmark_list"),
    path("hiring/pay/beside/", profile.benchmark_beside, name="benchmark_beside"),
    path("hiring/pay/install/", benchmark.benchmarks_install, name="benchmarks_install"),
    path("hiring/pay/new/", benchmark.benchmark_create, name="benchmark_create"),
    path("hiring/pay/import/", benchmark.benchmark_import, name="benchmark_import"),
    path("hiring/pay/example.csv", benchmark.benchmark_example, name="benchmark_example"),
    path("hiring/pay/<int:pk>/", benchmark.benchmark_edit, name="benchmark_edit"),
    path("hiring/pay/<int:pk>/remove/", benchmark.benchmark_remove, name="benchmark_remove"),
]
