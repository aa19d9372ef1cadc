"""Why customers were lost, as people answered to their warnings."""

import numpy as np

from kpi.choices import AnswerVerb, LostReason
from kpi.models import AlertAnswer
from kpi.queries.periods.book import heads_of
from kpi.queries.state import State


def reasons_of(state: State, ids: list[int]) -> dict[int, str]:
    """Account that counts for itself → words of the newest answer "lost" about it or its group.

    Who said that the reason is not known has recorded that; who said nothing is not among them.
    """
    answers = AlertAnswer.objects.valid().filter(verb=AnswerVerb.LOST).order_by("at", "pk")
    rows = list(answers.values_list("alert__account", "reason"))
    known, head = heads_of(state, np.array([pk for pk, _code in rows], dtype=np.int64))
    codes = [code for (_pk, code), is_known in zip(rows, known.tolist(), strict=True) if is_known]
    found = dict(zip(state.ids[head].tolist(), codes, strict=True))
    wanted = set(ids)
    return {pk: _words(code) for pk, code in found.items() if pk in wanted}


def _words(code: str) -> str:
    words = str(LostReason(code).label if code in LostReason.values else LostReason.UNKNOWN.label)
    return words[:1].upper() + words[1:]
