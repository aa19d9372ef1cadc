"""Numbers of rows as they arrive in addresses and forms."""

LONGEST = 18  # digits: every such number fits a column of 64 bits


def row_id(text: str | None) -> int | None:
    """The number a text names; None for what names no row: other scripts' digits, too many."""
    is_number = bool(text) and len(text) <= LONGEST and text.isascii() and text.isdigit()
    return int(text) if is_number else None
