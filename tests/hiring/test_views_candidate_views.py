from django.urls import reverse

from people.models import SavedView

LIST = "/hiring/candidates/"


def test_a_view_is_saved_changed_put_first_and_deleted(cast, reader):
    client = reader(cast.rita)
    client.post(f"{reverse('hiring:candidate_view_save')}?city=Kiel", {"name": "Kiel"})
    view = SavedView.objects.get(page="candidates")
    assert view.query == "view=all&city=Kiel"
    change = reverse("hiring:candidate_view_change", args=[view.pk])
    assert client.get(change).status_code == 200
    client.post(f"{change}?city=Ulm", {"name": "Ulm", "renew": "on"})
    view.refresh_from_db()
    assert (view.name, view.query) == ("Ulm", "view=all&city=Ulm")
    client.post(reverse("hiring:candidate_view_first"), {"view": f"s{view.pk}"})
    assert client.get(LIST).context["state"].city == "Ulm"
    client.post(reverse("hiring:candidate_view_delete", args=[view.pk]))
    assert client.get(LIST).context["state"].view == "all"
