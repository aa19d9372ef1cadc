"""Files of people for tests."""

from accounts.commands import contact_import
from accounts.commands.ledger_file import read_layout
from accounts.models import Contact, ContactFill, Division, Line, Position, Reach
from accounts.rules.contact_columns import guess_columns
from common import imports
from common.choices import ImportState
from common.models import Import

HEADER = "account,name,other name,title,role,division,phone,email,languages,reports to,since"


def make_people_import(*rows: str, user, header: str = HEADER, **options) -> Import:
    """An import of the rows, mapped and ready to run."""
    text = "\n".join([header, *rows]) + "\n"
    path, size, sha256 = imports.keep([text.encode()], imports.new_folder())
    layout = read_layout(path, {})
    return Import.objects.create(
        kind=contact_import.KIND, filename="people.csv", path=imports.relative(path), size=size,
        sha256=sha256, dialect=layout.as_dict(), options=options, created_by=user,
        mapping=guess_columns(layout.columns), state=ImportState.MAPPED,
    )  # fmt: skip


def bring_people(*rows: str, user, header: str = HEADER, **options) -> Import:
    batch = make_people_import(*rows, user=user, header=header, **options)
    return contact_import.run_import(import_id=batch.pk, by=user)


def report_of(batch: Import) -> str:
    return (imports.folder_of(batch) / batch.report.rpartition("/")[2]).read_text("utf-8-sig")


def everything() -> dict:
    """All that an import of people may write, but for numbers that only grow."""
    people = Contact.objects.order_by("pk")
    return {
        "people": list(people.values_list("pk", "name", "other_name", "languages", "search_text",
                                          "plain_name")),
        "places": list(Position.objects.order_by("pk").values_list(
            "contact", "account", "title", "role", "division__name", "valid_from", "valid_to")),
        "reaches": list(Reach.objects.order_by("pk").values_list("contact", "kind", "normal")),
        "lines": list(Line.objects.order_by("pk").values_list("start", "end", "kind")),
        "divisions": list(Division.objects.order_by("pk").values_list("account", "name")),
        "fills": ContactFill.objects.count(),
    }  # fmt: skip


def told() -> list:
    """The same by what people see, whatever the ids."""
    return sorted(
        (row.account.name, row.contact.name, row.contact.other_name, row.title,
         row.role.code if row.role else "", row.division.name if row.division else "",
         row.valid_from.isoformat(), tuple(row.contact.languages),
         tuple(sorted(row.contact.reaches.values_list("kind", "normal"))),
         tuple(row.contact.lines_out.values_list("end__name", flat=True)))
        for row in Position.objects.select_related("contact", "account", "role", "division")
    )  # fmt: skip
