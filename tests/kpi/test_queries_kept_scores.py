"""What the last night left of every account, read back."""

import numpy as np
import pytest

from kpi.models import KeptColumn
from kpi.queries.kept_scores import IDS, LINES, VERSION, kept_scores
from kpi.queries.packed import packed_column

pytestmark = pytest.mark.django_db


def keep(version: str = VERSION, **columns: tuple[list[int], list[int]]) -> None:
    for name, (values, patch) in columns.items():
        KeptColumn.objects.create(
            name=name,
            version=version,
            packed=packed_column(np.array(values, dtype=np.int64)),
            patch=packed_column(np.array(patch, dtype=np.int64)) if patch else b"",
        )


def test_what_is_patched_counts_instead_of_what_is_packed():
    keep(**{IDS: ([4, 7, 9], [1]), LINES: ([], []), "net": ([5, 5, 5], [-70_000_000_000])})
    found = kept_scores()
    assert (found.ids.tolist(), found.patched.tolist()) == ([4, 7, 9], [1])
    assert found.columns["net"].tolist() == [5, -70_000_000_000, 5]


def test_only_the_named_columns_are_read():
    keep(**{IDS: ([4], []), LINES: ([], []), "net": ([5], []), "cost": ([6], [])})
    assert kept_scores(["cost"]).columns.keys() == {"cost"}


@pytest.mark.parametrize("missing", [IDS, LINES, "net"])
def test_what_is_not_kept_whole_is_none(missing):
    columns = {IDS: ([4], []), LINES: ([], []), "net": ([5], [])}
    del columns[missing]
    keep(**columns)
    assert kept_scores(["net"]) is None


def test_another_version_is_not_read():
    keep("scores-0", **{IDS: ([4], []), LINES: ([], [])})
    assert kept_scores() is None
