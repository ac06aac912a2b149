"""The header styles of HR products, as their documentation gives them: one export each, and who is in it."""

import codecs
import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest

from piptui.people import read_people

BOM = codecs.BOM_UTF8


class Said(NamedTuple):
    """What an export says of its first person."""

    name: str
    number: str
    hired_on: dt.date | None = None
    left_on: dt.date | None = None


CONVENTIONS = {
    "hash for number": (
        b'Employee #,Status,Name,Hire Date\n7,Active,"Lee, Kim",2020-03-01\n',
        Said("Kim Lee", "7", dt.date(2020, 3, 1)),
    ),
    "underscores": (
        b"Start_Date,Full_Name,Employee_ID,Manager_Name,Termination_Date\n2020-03-01,Kim Lee,7,,2021-04-30\n",
        Said("Kim Lee", "7", dt.date(2020, 3, 1), dt.date(2021, 4, 30)),
    ),
    "lower case codes": (
        b"email,first_name,last_name,employee_code\nk@example.org,Kim,Lee,7\n",
        Said("Kim Lee", "7"),
    ),
    "upper case": (
        b"EMPLOYEE NUMBER,LAST_NAME,FIRST_NAME,START_DATE\n7,LEE,KIM,25/03/2020\n",
        Said("KIM LEE", "7", dt.date(2020, 3, 25)),
    ),
    "separate names": (b"First Name,Last Name,Employee Number,Title\nKim,Lee,7,Clerk\n", Said("Kim Lee", "7")),
    "German with decimal comma": (
        BOM + b"Personalnummer;Nachname;Vorname;Gehalt;Eintritt;Austritt\r\n7;Lee;Kim;38,5;01.03.2020;30.04.2021\r\n",
        Said("Kim Lee", "7", dt.date(2020, 3, 1), dt.date(2021, 4, 30)),
    ),
    "German, Latin-1": (
        "Personalnummer;Nachname;Vorname;Eintritt\n7;Müller;Jörg;01.03.20\n".encode("latin-1"),
        Said("Jörg Müller", "7", dt.date(2020, 3, 1)),
    ),
    "single quotes around the delimiter": (
        b"Employee ID;Full Name;Department;Hire Date\n7;'t Hart;'Sales; North';2020-03-01\n",
        Said("'t Hart", "7", dt.date(2020, 3, 1)),
    ),
    "French": (
        "Matricule;Nom;Prénom;Date d'embauche\n7;Lée;Kim;25/03/2020\n".encode(),
        Said("Kim Lée", "7", dt.date(2020, 3, 25)),
    ),
}


@pytest.mark.parametrize(("export", "said"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_header_styles(tmp_path: Path, export: bytes, said: Said) -> None:
    """Each style is read without a word about its columns: name, number and both days arrive."""
    path = tmp_path / "people.csv"
    path.write_bytes(export)
    found = read_people(path)
    assert found.refused == ()
    (row,) = found.rows
    assert Said(row.values["name"], row.values["number"], row.hired_on, row.left_on) == said
