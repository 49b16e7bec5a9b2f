"""Many invitations from a CSV file: a preview that stores nothing, a word for each line, all or nothing."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import InvitationFactory, UserFactory
from tracker.invitations_csv import COLUMNS, MOST_LINES, Unreadable, read_rows, template_file
from tracker.models import Invitation, Message

ADDRESS = reverse("import_invitations")
HEADER = ",".join(COLUMNS)
ANA = "Ana,Ruiz,1996-04-30,ana@example.org,(505) 555-0150,es,"
MIA = "Mia,Lund,1995-02-03,,,,"


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def file_of(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\n".join([header, *lines]).encode(encoding)


def uploads(browser, content: bytes) -> str:
    file = SimpleUploadedFile("patients.csv", content, "text/csv")
    return html.unescape(browser.post(ADDRESS, {"file": file}).content.decode())


def signed_rows(page: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', page)
    return found.group(1) if found else ""


def confirms(browser, page: str):
    return browser.post(ADDRESS, {"rows": signed_rows(page)}, follow=True)


def test_the_preview_shows_every_line_and_stores_nothing(ellen):
    page = uploads(ellen, file_of(ANA, MIA))
    assert "2 invitations would be made" in page and "April 30, 1996" in page
    assert not Invitation.objects.exists() and not Message.objects.exists()


def test_confirmed_all_are_stored_mailed_and_printed(ellen, practice, provider):
    response = confirms(ellen, uploads(ellen, file_of(ANA, MIA)))
    page = html.unescape(response.content.decode())
    assert "2 invitations are ready." in page and page.count("<article") == 2
    ana = Invitation.objects.get(first_name="Ana")
    assert (ana.practice, ana.invited_by, ana.language, ana.stage) == (
        practice,
        provider,
        "es",
        "open",
    )
    assert [each.address for each in Message.objects.all()] == ["ana@example.org"]
    assert len(set(Invitation.objects.values_list("code", flat=True))) == 2


def test_after_an_import_only_its_own_cards_are_printed(ellen, practice, provider, manager):
    InvitationFactory(practice=practice, invited_by=provider, first_name="Olga")
    response = confirms(ellen, uploads(ellen, file_of(MIA)))
    assert b"Olga" not in response.content
    InvitationFactory(practice=practice, invited_by=manager, first_name="Zita")
    again = ellen.get(response.redirect_chain[-1][0])
    assert b"Zita" not in again.content and b"Mia" in again.content


def test_one_wrong_line_stores_none(ellen):
    page = uploads(ellen, file_of(ANA, "Mia,,1995-02-03,,,,"))
    assert "1 line has a mistake. Nothing is stored." in page and "<title>Error:" in page
    assert not signed_rows(page) and "Invite them all" not in page


@pytest.mark.parametrize(
    "content",
    [
        file_of(ANA, encoding="utf-8-sig"),
        file_of(ANA.replace(",", ";"), header=HEADER.replace(",", ";")),
        file_of(ANA.replace(",", "\t"), header=HEADER.replace(",", "\t")),
        file_of(ANA).replace(b"\n", b"\r\n"),
        file_of(ANA, header="First Name,LAST_NAME,Born on,Email,phone,Language,due_date"),
        file_of("", ANA, ",,,,,,", ""),
        file_of("Ruiz,1996-04-30,Ana", header="last_name,born_on,first_name"),
        file_of("Ana,Ruiz,4/30/1996", header="first_name,last_name,born_on"),
        file_of("Ana,Ruiz,30.4.1996", header="first_name,last_name,born_on"),
    ],
    ids=["bom", "semicolon", "tab", "windows lines", "header", "blank", "order", "us", "dots"],
)
def test_files_as_spreadsheets_write_them_are_read(ellen, content):
    confirms(ellen, uploads(ellen, content))
    made = Invitation.objects.get()
    assert (made.first_name, made.last_name, str(made.born_on)) == ("Ana", "Ruiz", "1996-04-30")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (HEADER.encode(), "no lines below them"),
        (file_of(ANA, encoding="utf-16"), "The file is saved as UTF-16"),
        (file_of(ANA, encoding="utf-16-le"), "The file is saved as UTF-16"),
        (file_of(ANA, "José,Peña,1990-01-01,,,,", encoding="cp1252"), "Line 3 has a sign that"),
        (b"PK\x03\x04 workbook", "This is an Excel workbook"),
        (file_of("Ana,Ruiz", header="first_name,last_name"), "The column “born_on” is missing."),
        (file_of(ANA + ",x", header=HEADER + ",weight"), "We do not know the column “weight”."),
        (file_of(ANA + ",x", header=HEADER + ",email"), "The column “email” is there twice."),
        (file_of('"Ana,Ruiz'), "This is not a CSV file"),
        (file_of(*[MIA] * (MOST_LINES + 1)), "The file has 1001 lines. Split it: 1000"),
        (b"x" * 1_000_001, "The file is larger than 1 MB."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(ellen, content, words):
    page = uploads(ellen, content)
    assert words in page and 'id="id_file_error"' in page and "<title>Error:" in page
    assert not Invitation.objects.exists()


def test_no_file_at_all_is_asked_for(ellen):
    assert b"Choose a file." in ellen.post(ADDRESS, {}).content


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (",Ruiz,1996-04-30,,,,", "first_name", "This is needed. Fill it in."),
        ("Ana,Ruiz,,,,,", "born_on", "This is needed. Fill it in."),
        ("Ana,Ruiz,1996-02-30,,,,", "born_on", "“1996-02-30” is not a date of the calendar."),
        ("Ana,Ruiz,2031-01-01,,,,", "born_on", "This date of birth is in the future."),
        ("Ana,Ruiz,1996-04-30,nope,,,", "email", "“nope” is not an e-mail address."),
        ("Ana,Ruiz,1996-04-30,,12,,", "phone", "is not a number a phone can dial."),
        ("Ana,Ruiz,1996-04-30,,,tlh,", "language", "We do not know the language “tlh”."),
        ("Ana,Ruiz,1996-04-30,,,,2020-01-01", "due_date", "more than 3 weeks ago"),
        ("Ana,Ruiz,1996-04-30,,,,2040-01-01", "due_date", "more than 40 weeks away"),
        ("=cmd|' /C calc'!A0,Ruiz,1996-04-30,,,,", "first_name", "cannot begin with “=”"),
        ("Ana,@SUM(A1),1996-04-30,,,,", "last_name", "cannot begin with “@”"),
        ("Ana,Ruiz,1996-04-30,=a@example.org,,,", "email", "Enter an e-mail address such as"),
        (f"{'A' * 151},Ruiz,1996-04-30,,,,", "first_name", "A name has at most 150 letters."),
    ],
)
def test_each_mistake_is_named_with_line_and_column(ellen, line, column, words):
    page = uploads(ellen, file_of(MIA, line))
    rows = page.split("<tbody>")[1].split("</tr>")
    assert re.search(r'<th scope="row" class="num">3</th>', rows[0])
    assert f"<b>{column}:</b>" in rows[0] and words in rows[0] and "New" in rows[1]


def test_all_mistakes_of_a_line_are_named_at_once(ellen):
    page = uploads(ellen, file_of(",Ruiz,soon,nope,12,tlh,never"))
    assert re.findall(r"<li><b>(\w+):</b>", page) == [
        "first_name",
        "born_on",
        "email",
        "phone",
        "language",
        "due_date",
    ]


def test_a_line_has_the_number_it_has_in_the_file(ellen):
    page = uploads(ellen, file_of('"Ana\nMaria",Ruiz,1996-04-30,,,,', "", "Mia,,1995-02-03,,,,"))
    assert '<th scope="row" class="num">5</th>' in page.split("<tbody>")[1].split("</tr>")[0]


def test_one_value_too_many_is_named(ellen):
    page = uploads(ellen, file_of("Ana,Ruiz,1996-04-30,,,,2027-01-01,surplus"))
    assert "There is more on this line than columns: “surplus”." in page


def test_the_same_person_on_two_lines_is_named_with_the_first_line(ellen):
    page = uploads(ellen, file_of(ANA, MIA, "ANA,Ruíz,1996-04-30,,,,"))
    assert "This person is on line 2 already." in page and "1 line has a mistake" in page


def test_who_is_invited_or_a_patient_here_is_named_and_nobody_elsewhere(
    ellen, practice, provider, outsider
):
    InvitationFactory(practice=practice, invited_by=provider)
    UserFactory(practice=practice, first_name="Mia", last_name="Lund", born_on="1995-02-03")
    UserFactory(
        practice=outsider.practice, first_name="Eva", last_name="Roth", born_on="1990-01-01"
    )
    page = uploads(ellen, file_of(ANA, MIA, "Eva,Roth,1990-01-01,,,,"))
    assert "An open invitation for this person exists already." in page
    assert "A patient of yours has this name and date of birth." in page
    assert "2 lines have a mistake" in page and page.count(">New<") == 1


def test_what_a_file_holds_is_shown_as_text(ellen):
    page = ellen.post(
        ADDRESS,
        {"file": SimpleUploadedFile("a.csv", file_of("<script>x</script>,R,1996-04-30,,,,"))},
    ).content.decode()
    assert "<script>x" not in page and "&lt;script&gt;x" in page


def test_confirming_twice_invites_once_and_says_so(ellen):
    page = uploads(ellen, file_of(ANA, MIA))
    confirms(ellen, page)
    again = confirms(ellen, page).content.decode()
    assert "Something has changed since the preview. Nothing was stored." in again
    assert "An open invitation for this person exists already." in again
    assert Invitation.objects.count() == 2 and Message.objects.count() == 1


def test_when_one_line_became_wrong_meanwhile_none_is_stored(ellen, practice, provider):
    page = uploads(ellen, file_of(ANA, MIA))
    InvitationFactory(practice=practice, invited_by=provider)
    assert b"Nothing was stored." in confirms(ellen, page).content
    assert not Invitation.objects.filter(first_name="Mia").exists()


def test_a_preview_that_was_changed_or_is_of_someone_else_is_not_stored(
    ellen, sign_in, colleague, outsider
):
    rows = signed_rows(uploads(ellen, file_of(ANA)))
    for browser, value in (
        (ellen, rows[:-2] + "xx"),
        (sign_in(colleague), rows),
        (sign_in(outsider), rows),
    ):
        page = browser.post(ADDRESS, {"rows": value}, follow=True).content.decode()
        assert "Choose the file once more." in page
    assert not Invitation.objects.exists()


def test_a_thousand_lines_are_taken_and_the_number_of_queries_stays_small(ellen):
    def queries(number):
        lines = [
            f"Ana{each},Ruiz,1996-04-30,a{number}.{each}@example.org,,,," for each in range(number)
        ]
        content = file_of(*[line[:-1] for line in lines])
        with CaptureQueriesContext(connection) as captured:
            page = uploads(ellen, content)
        assert f"{number} invitations would be made" in page
        return len(captured)

    # Rows are written in batches, and taken back.
    assert queries(200) - queries(10) < 10
    assert queries(MOST_LINES) < 60


def test_storing_many_needs_no_query_for_each(ellen):
    page = uploads(
        ellen, file_of(*[f"Ana{each},Ruiz,1996-04-30,a{each}@e.org,,," for each in range(100)])
    )
    with CaptureQueriesContext(connection) as captured:
        ellen.post(ADDRESS, {"rows": signed_rows(page)})
    assert len(captured) < 30 and Message.objects.count() == 100


def test_the_template_is_a_file_that_can_be_used(ellen):
    response = ellen.get(reverse("invitation_template"))
    assert response["Content-Disposition"] == 'attachment; filename="invitations.csv"'
    assert "1 invitation would be made" in uploads(ellen, response.content)


def test_reading_never_guesses_an_encoding():
    assert read_rows(template_file().encode())[0][:3] == ["2", "Ana", "Ruiz"]
    with pytest.raises(Unreadable):
        read_rows("first_name,last_name,born_on\nZoë,R,1990-01-01".encode("latin-1"))
