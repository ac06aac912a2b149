"""An HR export as a whole: who is told apart, which rows are refused, and why."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from piptui.errors import BadInput, Refused
from piptui.people import Import, Repeat, read_people

HEADER = "Employee ID,Name,Work Email,Department,Manager ID,Hire Date,Termination Date"


def export(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Write an export of `rows` under `header`."""
    path = folder / "people.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def whys(found: Import) -> dict[int, str]:
    """Reasons by line."""
    return {refusal.line: refusal.why for refusal in found.refused}


BAD = {
    10: (",Blank Key,b@example.org,Ops,,2020-01-01,", "no Employee ID"),
    25: ("8001,Kim Lee,k@example.org,Ops,,2020-01-01,", 'Employee ID "8001" is also on line 26'),
    26: ("8001,Kim Park,k@example.org,Ops,,2020-01-01,", 'Employee ID "8001" is also on line 25'),
    40: ("8002,Feb Thirty,f@example.org,Ops,,2026-02-30,", 'Hire Date "2026-02-30" is no day of the calendar'),
    55: ("8003,,n@example.org,Ops,,2020-01-01,", "no name"),
    70: ("8004,Few Cells,c@example.org", "3 cells where the header has 7"),
    85: ("8005,Many Cells,c@example.org,Ops,,2020-01-01,,x", "8 cells where the header has 7"),
    100: ("8006,Nul\x00Byte,z@example.org,Ops,,2020-01-01,", "NUL byte"),
    115: ("8007,Gone Early,e@example.org,Ops,,2020-01-01,31.31.2021", "31.31.2021"),
    130: ("8008,Left Early,l@example.org,Ops,,2020-01-01,2019-01-01", "Termination Date 2019-01-01 is before"),
    145: ("8009,No Date,d@example.org,Ops,,soon,", 'Hire Date "soon" is not a date'),
    160: ('8010,"Open Quote,q@example.org,Ops,,2020-01-01,', "a quotation mark opens here"),
}


def test_twelve_bad_rows_of_two_hundred(tmp_path: Path) -> None:
    """The good rows are there, and each bad one is named with its line and its own reason."""
    rows = [f"{n},Person {n}x,p{n}@example.org,Ops,,2020-01-01," for n in range(2, 202)]
    for line, (row, _) in BAD.items():
        rows[line - 2] = row
    found = read_people(export(tmp_path, *rows))
    assert (found.total, len(found.rows), len(found.refused)) == (200, 188, 12)
    reasons = whys(found)
    assert list(reasons) == list(BAD)
    for line, (_, why) in BAD.items():
        assert why in reasons[line]


def test_says_what_it_guessed(tmp_path: Path) -> None:
    """Columns, key, delimiter, encoding and order of dates are told, and all of it is JSON."""
    path = export(tmp_path, "7,Kim Lee,31.12.2020,x", header="Employee ID,Name,Hire Date,Shirt")
    found = read_people(path)
    assert found.columns == {"number": "Employee ID", "name": "Name", "hired_on": "Hire Date"}
    assert (found.unused, found.key, found.kind, found.source) == (("Shirt",), "Employee ID", "number", "people.csv")
    assert (found.delimiter, found.encoding, found.order) == (",", "utf-8", {"hired_on": "dmy"})
    assert msgspec.json.decode(msgspec.json.encode(found), type=Import) == found


def test_values_are_cleaned_and_fillers_blank(tmp_path: Path) -> None:
    """Words for nothing are blanks, but somebody may be called Null; names are turned round."""
    path = export(tmp_path, 'N-1,"Null, Ana  Eva",NaN,n/a,-,none,NULL')
    (row,) = read_people(path).rows
    assert row.values == {"number": "N-1", "name": "Ana Eva Null", "given": "Ana Eva", "family": "Null"}
    assert (row.line, row.key, row.hired_on, row.left_on) == (2, "N-1", None, None)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Lee, Kim", "Kim Lee"), ("Kim Lee, Jr.", "Kim Lee, Jr."), ("Lee,", "Lee,"), ("A, B, C", "A, B, C")],
)
def test_only_last_first_is_turned_round(tmp_path: Path, written: str, name: str) -> None:
    """A comma before a suffix, or more than one, does not part family and given name."""
    (row,) = read_people(export(tmp_path, f'1,"{written}"', header="ID,Name")).rows
    assert row.values["name"] == name


def test_name_from_its_parts(tmp_path: Path) -> None:
    """Without a whole name, given and family name make one; either alone will do."""
    path = export(tmp_path, "1;Lee;Kim", "2;;Cher", "3;;", header="Personalnummer;Nachname;Vorname")
    found = read_people(path)
    assert [row.values["name"] for row in found.rows] == ["Kim Lee", "Cher"]
    assert whys(found) == {4: "no name"}


def test_equal_rows_are_taken_once(tmp_path: Path) -> None:
    """An identical row is noted, not refused; blanks around its cells make no difference."""
    found = read_people(export(tmp_path, "1,Kim,x", "2,Ana,x", " 1, Kim ,x", header="ID,Name,Shirt"))
    assert [row.key for row in found.rows] == ["1", "2"]
    assert found.repeated == (Repeat(line=4, first=2),)
    assert found.refused == ()


def test_rows_are_compared_in_cells_that_no_field_reads(tmp_path: Path) -> None:
    """Rows of one key that differ anywhere are all refused: nobody can say which is right."""
    found = read_people(export(tmp_path, "1,Kim,S", "1,Kim,M", "1,Kim,L", "2,Ana,S", header="ID,Name,Shirt"))
    assert [row.key for row in found.rows] == ["2"]
    assert whys(found)[3] == 'ID "1" is also on lines 2 and 4, with other content'


def test_long_lists_of_lines_are_shortened(tmp_path: Path) -> None:
    """A key on very many rows names the first of the others and counts the rest."""
    found = read_people(export(tmp_path, *(f"1,Kim {n}k" for n in range(19)), header="ID,Name"))
    assert whys(found)[3] == 'ID "1" is also on lines 2, 4 and 16 more, with other content'
    assert whys(found)[20] == 'ID "1" is also on lines 2, 3 and 16 more, with other content'


def test_several_reasons_in_one(tmp_path: Path) -> None:
    """A row with several faults names them all, so that one correction will do."""
    assert whys(read_people(export(tmp_path, ",,x@example.org,,,soon,", "1,Kim,,,,,")))[2] == (
        'no Employee ID; Hire Date "soon" is not a date; no name'
    )


MESSY_HEADER = "Name,Age,Position,Joining Date,Email,Phone"


def messy(folder: Path) -> Path:
    """A thousand rows about ten people: no number, few addresses, many blanks, all rows different."""
    mails = ("info@example.org", "nan", "", "desk@example.org", "office@example.org")
    dates = ("2020/02/20", "2019.12.01", "01/15/2020", '"April 5, 2018"', "03-25-2019")
    return export(
        folder,
        *(f" p{'abcdefghij'[n % 10]} ,{n},Clerk,{dates[n % 5]},{mails[n % 5]}, " for n in range(1000)),
        header=MESSY_HEADER,
    )


def test_a_file_that_tells_nobody_apart_is_refused_whole(tmp_path: Path) -> None:
    """The reason counts what is wrong with the only candidate, and names the way out."""
    with pytest.raises(Refused) as caught:
        read_people(messy(tmp_path))
    assert caught.value.reasons == ('"Email" has 3 values on 1000 rows, 400 blank',)
    assert "people.csv" in str(caught.value)
    assert "--key HEADER; the file has Name, Age" in str(caught.value)


@pytest.mark.parametrize("mapping", [None, dict.fromkeys(("email", "title", "hired_on"), "")])
def test_a_key_that_the_user_names_refuses_row_by_row(tmp_path: Path, mapping: dict[str, str] | None) -> None:
    """With a useless key nothing is taken and each of the thousand rows is named, whatever is mapped."""
    found = read_people(messy(tmp_path), key="Name", mapping=mapping)
    assert found.kind == "name"
    assert found.rows == ()
    assert [refusal.line for refusal in found.refused] == list(range(2, 1002))
    assert found.refused[0].why == 'Name "pa" is also on lines 12, 22 and 97 more, with other content'


def test_no_identifying_column(tmp_path: Path) -> None:
    """A file of names alone is refused whole, unless the user says that names identify."""
    path = export(tmp_path, "Kim Lee,Ops", header="Name,Team")
    with pytest.raises(Refused, match="no column with an employee number"):
        read_people(path)
    assert read_people(path, key="name").rows[0].key == "Kim Lee"


def test_the_next_best_key(tmp_path: Path) -> None:
    """A number column that is blank throughout gives way to the address, and the user is told."""
    found = read_people(export(tmp_path, ",Kim,k@example.org", ",Ana,a@example.org", header="ID,Name,Mail"))
    assert (found.key, len(found.rows)) == ("Mail", 2)
    assert found.notes == ('"ID" has 0 values on 2 rows, 2 blank: Mail identifies instead.',)


def test_a_small_file_is_judged_by_its_rows(tmp_path: Path) -> None:
    """Two bad rows of three do not condemn a column."""
    found = read_people(export(tmp_path, "1,Kim", "1,Ana", "2,Bo", header="ID,Name"))
    assert ([row.key for row in found.rows], len(found.refused)) == (["2"], 2)


def test_addresses_are_one_key_in_any_case(tmp_path: Path) -> None:
    """Two spellings of one address are two rows about one person."""
    found = read_people(export(tmp_path, "Kim,K@example.org", "Kim,k@Example.org", header="Name,Email"))
    assert len(found.refused) == 2


def test_any_header_may_be_the_key(tmp_path: Path) -> None:
    """A header that no field knows becomes the number where there is none, and a key of its own where there is."""
    path = export(tmp_path, "B1,Kim", header="Badge,Name")
    found = read_people(path, key="Badge")
    assert (found.kind, found.columns["number"]) == ("number", "Badge")
    path = export(tmp_path, "B1,Kim,7", header="Badge,Name,ID")
    found = read_people(path, key="badge")
    assert (found.kind, found.key, found.columns["number"], found.unused) == ("badge", "Badge", "ID", ())


def test_wrong_words_are_told(tmp_path: Path) -> None:
    """A key or an order that does not exist is bad input, with what would be accepted."""
    path = export(tmp_path, "1,Kim", header="ID,Name")
    with pytest.raises(BadInput, match=r'--key: the file has no column "Nmae". Did you mean "Name"'):
        read_people(path, key="Nmae")
    with pytest.raises(BadInput, match="mdy"):
        read_people(path, order="ydm")  # type: ignore[arg-type]  # what a command line may pass


def test_a_header_alone_is_an_empty_import(tmp_path: Path) -> None:
    """A file without rows is no fault."""
    found = read_people(export(tmp_path))
    assert (found.total, found.rows, found.refused) == (0, (), ())


def test_old_windows_files_are_read_with_a_remark(tmp_path: Path) -> None:
    """What is not UTF-8 may have come out wrong, and the user is asked to look."""
    path = tmp_path / "alt.csv"
    path.write_bytes("Personalnummer;Name;Eintritt\r\n1;Jürgen Groß;31.12.2019\r\n".encode("cp1252"))
    found = read_people(path)
    assert found.rows[0].values["name"] == "Jürgen Groß"
    assert found.rows[0].hired_on == dt.date(2019, 12, 31)
    assert "Windows-1252" in found.notes[0]


def test_persons_do_not_drag_the_readers_in() -> None:
    """Screens that need persons alone do not wait for the CSV reader."""
    code = (
        "import sys, piptui.people.records; sys.exit('csv' in sys.modules or 'piptui.people.reading' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_control_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    """A name that would drive a terminal is cleaned on entry, and a note names its line."""
    found = read_people(export(tmp_path, "1,[b]O'Brien[/b] \x1b]0;x\x07", "2,Ana Roe", header="ID,Name"))
    assert [row.values["name"] for row in found.rows] == ["[b]O'Brien[/b]", "Ana Roe"]
    assert found.refused == ()
    assert "Control characters were taken out of the text of line 2." in found.notes


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("Last, First", "Cole, Dana"),
        ("Last Name, First Name", "Cole, Dana"),
        ("Nachname, Vorname", "Cole, Dana"),
        ("First Name Last Name", "Dana Cole"),
    ],
)
def test_one_column_named_after_both_names_is_the_name(tmp_path: Path, header: str, written: str) -> None:
    """Many exports name it by its order; the comma in the cell says which part is which."""
    (row,) = read_people(export(tmp_path, f'1,"{written}"', header=f'ID,"{header}"')).rows
    assert row.values["name"] == "Dana Cole"
