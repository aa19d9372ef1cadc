"""Every component in its states on one page, for those who build pages. Served only with DEBUG."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from types import SimpleNamespace as Sample

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common import charts
from common.toasts import toast
from common.why import Why

NAMES = [
    "Молочный двор",
    "Hansa Feinkost GmbH",
    "Волжские кондитерские фабрики",
    "Alpina Dairy AG",
    "Невская фармацевтика",
    "Pastificio Morandi S.p.A.",
    "Уральский крепёж",
    "Агрохолдинг «Заречье»",
    "Iberagua S.A.",
    "Tallinna Toit OÜ",
    "Laboratorios Vega",
    "Сибирская мукомольная компания",
    "Kaltberg Logistik",
]
TODAY = date(2026, 11, 21)
WHY = Why(
    sentence="Within the first 80 % of revenue, and above 10 % by itself.",
    inputs=(("Revenue, 12 months", "1,942,982 €"), ("Share", "10.8 %"), ("Rank", "2 of 64")),
    rule="Policy of 1 March 2026",
    url="#rows",
)


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it stands on the invoice.")
    territory = forms.ChoiceField(label="Territory", choices=[("", "Choose"), ("v", "Volga")])
    since = forms.DateField(
        label="Customer since",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_parent = forms.BooleanField(label="Counts its subsidiaries in", required=False)
    tone = forms.ChoiceField(
        label="Tone",
        choices=[("well", "Well disposed"), ("neutral", "Neutral")],
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def sample_accounts(count: int) -> list[dict]:
    values = [round(2_684_000 / (rank**0.78) - rank * 900) for rank in range(1, count + 1)]
    values = [max(value, 2_000) for value in values]
    total = sum(values)
    running = [value / total for value in accumulate(values)]
    return [
        {
            "name": NAMES[rank] if rank < len(NAMES) else f"Customer {rank + 1}",
            "value": value,
            "share": value / total,
            "running": running[rank],
            "tier": sample_tier(running[rank - 1] if rank else 0),
            "url": "#account",
            "mark": {9: "leave", 14: "enter"}.get(rank, ""),
        }
        for rank, value in enumerate(values)
    ]


def sample_tier(before: float) -> str:
    return "A" if before < 0.8 else "B" if before < 0.95 else "C"


def sample_cuts(accounts: list[dict], **more) -> list[dict]:
    a = sum(account["tier"] == "A" for account in accounts)
    b = a + sum(account["tier"] == "B" for account in accounts)
    return [
        {"key": "a", "share": 0.8, "title": f"{a} customers, 80 %", "note": "tier A ends", **more},
        {"key": "b", "share": 0.95, "title": f"{b} customers, 95 %", "note": "tier B ends"},
    ]


def sample_charts() -> dict:
    few, many = sample_accounts(64), sample_accounts(4372)
    days = [TODAY - timedelta(days=7 * week) for week in range(52, -1, -1)]
    equal = [(day, 19.2 - 4 * n / 52 + (n % 7) * 0.12) for n, day in enumerate(days)]
    top = [(day, 0.31 + n * 0.001) for n, day in enumerate(days)]
    next_top = [(day, None if n < 8 else 0.18 + (n % 5) * 0.004) for n, day in enumerate(days)]
    money = [168, 171, 182, 165, 177, 174, 185, 172, 176, 160, 31, 0]
    months = [
        {
            "day": date(2025, 12, 1) if index == 0 else date(2026, index, 1),
            "value": value * 1000,
            "before": (163 + index * 2) * 1000,
            "tone": "dan" if index > 9 else "grey2",
        }
        for index, value in enumerate(money)
    ]
    return {
        "pareto": charts.pareto(few, cuts=sample_cuts(few), currency="EUR"),
        "laboratory": charts.pareto(
            few, cuts=sample_cuts(few, was=0.7), currency="EUR", movable=True
        ),
        "crowd": charts.pareto(many, cuts=sample_cuts(many), currency="EUR"),
        "nobody": charts.pareto([], cuts=[], currency="EUR"),
        "equal": charts.trend([{"name": "Equal customers", "points": equal}], decimals=1),
        "shares": charts.trend(
            [
                {"name": "Largest 5 %", "points": top},
                {"name": "Next 5 %", "points": next_top, "tone": "ink"},
            ],
            is_share=True,
        ),
        "months": charts.columns(months, currency="EUR"),
    }


def sample_rows() -> list:
    shares = [0.21, -0.08, 0.18, -0.01, 0.31, None]
    return [
        Sample(
            name=NAMES[index],
            segment=["Dairy, Volga", "Delicatessen, Hamburg", "Confectionery, Volga"][index % 3],
            tier="AAABC"[index % 5],
            value=Decimal(2_684_000) / (index + 1),
            share=shares[index],
            months=[40 + (month * (index + 3)) % 17 for month in range(12)],
            score=[81, 38, 66, 77, None, 58][index],
            known=[95, 78, 58, 88, 0, 60][index],
            manager=["Игорь Лебедев", "Anna Lindqvist", "Екатерина Верещагина-Климова"][index % 3],
            checked=index == 2,
        )
        for index in range(6)
    ]


def sample_context() -> dict:
    buttons = [Sample(label="Import a ledger", url="#import", method="get", is_primary=True)]
    return {
        "why": WHY,
        "spark": [27, 28, 26, 31, 32, 31, 29, 30, 33, 34, 33, 46],
        "gap": [27, 28, None, None, 32, 31, 29],
        "rows": sample_rows(),
        "buttons": [*buttons, Sample(label="See a sample", url="#sample", method="get")],
        "decide": [Sample(label="Confirm tier A", url="#confirm", method="post", is_primary=True)],
        "tabs": [
            Sample(label="Overview", url="#o", count=None, is_current=True),
            Sample(label="People", url="#p", count=9, is_current=False),
            Sample(label="History", url="#h", count=None, is_current=False),
        ],
        "views": [
            Sample(label="Key accounts", url="#k", count=13, is_current=True, is_shared=True),
            Sample(label="Silent past alarm", url="#s", count=2, is_current=False),
            Sample(label="All", url="#a", count=1064, is_current=False),
        ],
        "chips": [
            Sample(label="Tier is", value="A", url="#1"),
            Sample(label="Manager", value="anyone in my team", url="#2"),
        ],
        "columns": [
            Sample(label="Account", url="?sort=name", is_number=False),
            Sample(label="Tier", is_number=False),
            Sample(label="Health", is_number=False),
            Sample(label="12 months, €", url="?sort=v", sort="descending", is_number=True),
            Sample(label="Against last year", is_number=True),
            Sample(label="Manager", is_number=False),
        ],
        "choices": [
            Sample(key="tier", label="Tier", is_shown=True),
            Sample(key="margin", label="Margin", is_shown=False),
        ],
        "steps": [
            Sample(label="Drop", url="#drop", state="done"),
            Sample(label="Read", url="#read", state="done"),
            Sample(label="Map", url="", state="current"),
            Sample(label="Preview", url="", state=""),
            Sample(label="Run", url="", state=""),
            Sample(label="Report", url="", state=""),
        ],
        "changes": [
            Sample(label="Segment", old="Dairy", new="Dairy and cheese"),
            Sample(label="Territory", old="", new="Volga"),
            Sample(label="Note", old="Calls on Fridays", new=None),
        ],
        "periods": [Sample(value="12", label="12 months"), Sample(value="24", label="24 months")],
        "today": TODAY,
        "icons": [1, 2, 3, 4],
        **{f"chart_{name}": chart for name, chart in sample_charts().items()},
    }


@require_safe
def styleguide_page(request: HttpRequest) -> HttpResponse:
    if "toast" in request.GET:
        toast(request, "Hansa Feinkost GmbH is now kept by Anna Lindqvist.", undo_url="/undo/")
        messages.error(request, "The file could not be read. Nothing was saved.")
    form = SampleForm({"name": ""}) if "errors" in request.GET else SampleForm()
    context = {**sample_context(), "form": form, "bad_form": SampleForm({"name": "", "tone": "x"})}
    return render(request, "styleguide.html", context)
