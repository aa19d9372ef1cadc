"""Which fields of an account people fill in, and which of them only directors."""

FIELDS = (
    "name", "segment", "territory", "country", "city", "currency", "website", "about",
    "parent", "rolls_up", "status", "grade_needed",
)  # fmt: skip
KIN_FIELDS = frozenset({"parent", "rolls_up"})
DIRECTOR_FIELDS = KIN_FIELDS | {"grade_needed"}
