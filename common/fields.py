"""Fields of forms that several apps ask for."""

from django import forms


class LinesField(forms.CharField):
    """Numbers or addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=4_000, **kwargs)

    def to_python(self, value) -> str:
        text = super().to_python(value) or ""
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())
