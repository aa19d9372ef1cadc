"""What can be wrong with a file (nothing is read) or with one value (its row is set aside)."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from common.errors import RuleBroken


class FileUnusable(RuleBroken):
    """The file, or what was said about it, cannot be used; the message says what to do."""

    def __init__(self, code: str, message):
        super().__init__(message)
        self.code = code


class Rejected(Exception):
    """One value cannot be taken exactly as written; `code` is a key of REASONS."""

    def __init__(self, code: str, field: str = ""):
        super().__init__(code)
        self.code, self.field = code, field


class Reject(NamedTuple):
    """A row set aside: its number in the file, the field, a key of REASONS, the text found."""

    row: int
    field: str
    code: str
    value: str


REASONS = {
    "missing": _("The cell is empty. Fill it in, or leave the row out."),
    "not_a_number": _("This is not a number. Write digits, a sign and one decimal mark."),
    "not_finite": _("This is not a finite number. Write the amount in digits."),
    "foreign_digits": _("The digits are not 0 to 9. Write the number in ordinary digits."),
    "scientific": _("Scientific notation has lost digits. Export the full number."),
    "scientific_id": _("Excel has shortened this number. Export the column as text."),
    "error_cell": _("The spreadsheet shows an error here. Mend the formula and save again."),
    "formula": _("This is a formula, not its result. Save the file with values."),
    "bad_grouping": _("Thousands and decimals do not fit the decimal mark chosen for the file."),
    "currency_sign": _("The amount carries a sign of another currency. Map a currency column."),
    "too_large": _("The amount is above one trillion. Check the decimal mark."),
    "not_a_date": _("This is not a date we can read. Write it like 2026-03-31."),
    "no_such_day": _("This day does not exist. Check day and month."),
    "ambiguous_date": _("Day and month cannot be told apart. Choose the date format."),
    "date_out_of_range": _("The date lies before 1970 or more than a year ahead."),
    "unknown_currency": _("This is not a currency code such as EUR or USD."),
    "too_long": _("The text is too long for an identifier."),
    "duplicate_line": _("The file holds this document and line more than once."),
    "total_row": _("This row looks like a total, not like a line."),
    "no_such_account": _("There is no such account. Write its number or its exact name."),
    "several_accounts": _("Several accounts have this name. Write the account's number."),
    "account_closed": _("This account is closed. Reopen it, or leave the row out."),
    "not_a_phone": _("This is not a phone number. Write it with its country code."),
    "not_an_email": _("This is not an e-mail address. Correct it, or empty the cell."),
    "no_such_role": _("This is none of your roles. Write one of them, or empty the cell."),
    "several_people": _("Several people here fit this row. Merge them, or add an e-mail."),
    "several_candidates": _("Several candidates fit this row. Merge them, or add an e-mail."),
    "closed_candidate": _("A record exists that you may not open. Ask another recruiter."),
    "off_limits": _("People of this company are not approached. A director may lift it."),
    "unknown_value": _("This is none of the words known here. Write one of them, or nothing."),
    "text_too_long": _("The text is too long. Shorten it."),
    "short_row": _("The row ends before this column. Check quotes and delimiters."),
}
