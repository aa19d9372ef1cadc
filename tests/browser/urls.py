"""The product's addresses and the page of all components."""

from django.urls import path

from common.styleguide import styleguide_page
from kamhub.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [*urlpatterns, path("styleguide/", styleguide_page)]
