"""What a night keeps so that the next one need not read all facts again."""

from django.db import models


class KeptSums(models.Model):
    """Sums over the periods of one day, packed (kpi.queries.periods.kept); made anew when gone.

    `patch`: accounts that were corrected since, and their sums, which are true instead.
    """

    day = models.DateField(unique=True)
    version = models.CharField(max_length=40, help_text="Of what is packed; another is not read.")
    packed = models.BinaryField()
    patch = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"{self.day}"


class CorrectedAccount(models.Model):
    """Its facts changed from day `since` on, and kept sums that hold that day do not know it yet.

    Rows are only added, by the night that scored the change in the same transaction that forgets
    it, and removed by whoever made the sums right.
    """

    account_id = models.BigIntegerField()
    since = models.DateField()

    def __str__(self) -> str:
        return f"{self.account_id} since {self.since}"


class KeptCourse(models.Model):
    """Of every account the health of `day` and of some time before, packed
    (kpi.queries.health.course); made anew when gone, or of another version."""

    day = models.DateField()
    version = models.CharField(max_length=40, help_text="Of what is packed; another is not read.")
    packed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="kpi_course_is_one")]

    def __str__(self) -> str:
        return f"{self.day}"


class KeptColumn(models.Model):
    """One number of each account as the last night's scores left it (kpi.queries.kept_scores).

    True as long as Scoring is whole. `patch`: the numbers of accounts that changed since all were
    packed; the column of ids holds the places of these accounts.
    """

    name = models.CharField(primary_key=True, max_length=40)
    version = models.CharField(max_length=40, help_text="Of what is packed; another is not read.")
    packed = models.BinaryField()
    patch = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return self.name
