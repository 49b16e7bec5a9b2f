"""Reading a CSV file of people to invite: its encoding, its columns and its lines. Nothing is guessed."""

import csv
import io

from django.utils.translation import gettext as _

COLUMNS = ["first_name", "last_name", "born_on", "email", "phone", "language", "due_date"]
NEEDED = COLUMNS[:3]
EXAMPLE = ["Ana", "Ruiz", "1996-04-30", "ana@example.org", "(505) 555-0150", "es", "2027-06-18"]
LINE, BEYOND = "line", "beyond"
MOST_LINES = 1000
MOST_BYTES = 1_000_000
SAVE_AS_UTF8 = "In Excel: Save as, “CSV UTF-8 (Comma delimited)”. Then choose the file again."


class Unreadable(ValueError):
    """The file as a whole cannot be used; the words say what to do."""


def read_rows(content: bytes) -> list[list[str]]:
    """Return the lines of a file, each with its number in front, in the order of COLUMNS.

    Raise Unreadable when the file as a whole cannot be used.
    """
    text = _decoded(content)
    try:
        lines = _lines(text)
    except csv.Error as error:
        raise Unreadable(
            _("This is not a CSV file: a quote that opens is never closed, or a sign is broken.")
        ) from error
    if not lines:
        raise Unreadable(_("The file is empty. Start with the template."))
    places = _places_of(lines[0][1])
    if len(lines) == 1:
        raise Unreadable(_("The file has column names, but no lines below them."))
    if len(lines) - 1 > MOST_LINES:
        words = _("The file has %(number)d lines. Split it: %(most)d at a time is the most.")
        raise Unreadable(words % {"number": len(lines) - 1, "most": MOST_LINES})
    return [[str(number), *_in_order(cells, places)] for number, cells in lines[1:]]


def _decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without its mark. Raise Unreadable for another encoding."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB. Split it."))
    if content.startswith(b"PK"):
        raise Unreadable(_("This is an Excel workbook, not a CSV file.") + " " + _(SAVE_AS_UTF8))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise Unreadable(_("The file is saved as UTF-16 (“Unicode text”).") + " " + _(SAVE_AS_UTF8))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        words = _("Line %(line)d has a sign that is not UTF-8.") % {"line": line}
        raise Unreadable(words + " " + _(SAVE_AS_UTF8)) from error


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Return every line that holds something, with the number it has in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines, began = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            lines.append((began, [cell.strip() for cell in cells]))
        began = reader.line_num + 1
    return lines


def _delimiter(text: str) -> str:
    """Return what parts the column names: comma, or semicolon or tab as Excel writes them elsewhere."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _places_of(header: list[str]) -> dict[str, int]:
    """Return where each column stands. Raise Unreadable for a column that is missing, unknown or double."""
    names = [name.lower().replace(" ", "_") for name in header]
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    double = sorted({name for name in names if names.count(name) > 1})
    for wrong, words in (
        (missing, _("The column “%(name)s” is missing. Add it, or start with the template.")),
        (unknown, _("We do not know the column “%(name)s”. Take it out, or rename it.")),
        (double, _("The column “%(name)s” is there twice. Take one out.")),
    ):
        if wrong:
            raise Unreadable(" ".join(words % {"name": name} for name in wrong))
    return {name: place for place, name in enumerate(names)}


def _in_order(cells: list[str], places: dict[str, int]) -> list[str]:
    """Return the cells in the order of COLUMNS; one more at the end, what stood beyond the columns."""
    row = [
        cells[places[name]] if name in places and places[name] < len(cells) else ""
        for name in COLUMNS
    ]
    return [*row, ", ".join(cell for cell in cells[len(places) :] if cell)]


def template_file() -> str:
    """Return the file to start with: the column names and one made-up person."""
    written = io.StringIO()
    csv.writer(written).writerows([COLUMNS, EXAMPLE])
    return "\ufeff" + written.getvalue()
