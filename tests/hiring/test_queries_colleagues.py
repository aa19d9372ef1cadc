from hiring.queries.colleagues import colleagues_to_add
from people.models import Team


def test_one_may_think_of_colleagues_one_does_not_lead(cast):
    assert cast.karl in colleagues_to_add(cast.rita)
    assert cast.rita not in colleagues_to_add(cast.rita)
    Team.objects.filter(lead=cast.lena).update(lead=cast.rita)
    assert cast.karl not in colleagues_to_add(cast.rita)
