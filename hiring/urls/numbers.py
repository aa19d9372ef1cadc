from django.urls import path

from hiring.views import numbers

urlpatterns = [path("hiring/numbers/", numbers.numbers_page, name="numbers_page")]
