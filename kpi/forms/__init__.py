"""Input shapes of the portfolio's pages."""

from kpi.forms.pins import MarkForm, PinForm, UnpinForm
from kpi.forms.policy import KeepForm, PolicyForm
from kpi.forms.runs import ComputeForm

__all__ = ["ComputeForm", "KeepForm", "MarkForm", "PinForm", "PolicyForm", "UnpinForm"]
