"""Input shapes of the portfolio's pages."""

from kpi.forms.measure import MeasureForm
from kpi.forms.pins import MarkForm, PinForm, UnpinForm
from kpi.forms.policy import KeepForm, PolicyForm
from kpi.forms.runs import ComputeForm

__all__ = [
    "ComputeForm",
    "KeepForm",
    "MarkForm",
    "MeasureForm",
    "PinForm",
    "PolicyForm",
    "UnpinForm",
]
