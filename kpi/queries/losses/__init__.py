"""Who did not stay with us: the lost customers, why, and what went from year to year."""

from kpi.queries.losses.page import Loss, LossPage, loss_page
from kpi.queries.losses.words import chart, file_rows, finding, header, sentence

__all__ = [
    "Loss",
    "LossPage",
    "chart",
    "file_rows",
    "finding",
    "header",
    "loss_page",
    "sentence",
]
