"""Open to everybody: /jobs/ and what search engines ask for."""

from django.urls import path

from hiring.views import job

urlpatterns = [
    path("jobs/", job.job_list, name="job_list"),
    path("jobs/<slug:slug>/", job.job_page, name="job_page"),
    path("sitemap.xml", job.sitemap, name="sitemap"),
    path("robots.txt", job.robots, name="robots"),
]
