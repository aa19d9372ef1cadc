"""Names of reference data exist in several languages; the reader's own is picked."""

from django.conf import settings
from django.utils.translation import get_language


def pick(names: dict[str, str]) -> str:
    """The name in the reader's language, else the installation's, else any; "" when empty."""
    for language in (get_language() or "", settings.LANGUAGE_CODE, "en"):
        if names.get(language):
            return names[language]
    return next((name for name in names.values() if name), "")
