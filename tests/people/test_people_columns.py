"""Headers of products and languages, and what the user says about them."""

import pytest

from piptui.errors import BadInput
from piptui.people.columns import FIELDS, fold_header, guess_columns, label_headers


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            "Employee #,Status,Name,Preferred Name,Birthdate,Hire Date,People Manager,Direct Reports",
            "number=Employee #,name=Name,manager=People Manager,hired_on=Hire Date,status=Status",
        ),
        (
            "Start_Date,Full_Name,Employee_ID,Manager_Name,Manager_ID,Team_Name,Termination_Date",
            "number=Employee_ID,name=Full_Name,department=Team_Name,manager=Manager_ID,hired_on=Start_Date,"
            "left_on=Termination_Date",
        ),
        (
            "email,first_name,last_name,phone,employee_code,department_id,status,employment_type",
            "number=employee_code,given=first_name,family=last_name,email=email,status=status",
        ),
        (
            "Nachname,Vorname,Personalnummer,Eintritt,Austritt,E-Mail,Abteilung,Position,Vorgesetzter",
            "number=Personalnummer,given=Vorname,family=Nachname,email=E-Mail,title=Position,"
            "department=Abteilung,manager=Vorgesetzter,hired_on=Eintritt,left_on=Austritt",
        ),
        (
            "Matricule,Nom,Prénom,Service,Poste,Responsable,Date d'embauche",
            "number=Matricule,given=Prénom,family=Nom,title=Poste,department=Service,manager=Responsable,"
            "hired_on=Date d'embauche",
        ),
        (
            "employee_number,account,first_name,last_name,display_name,preferred_name,work_email,"
            "employment_status,active,title,department,manager,start_date,date_terminated",
            "number=employee_number,name=display_name,given=first_name,family=last_name,email=work_email,"
            "login=account,title=title,department=department,manager=manager,hired_on=start_date,"
            "left_on=date_terminated,status=employment_status",
        ),
        ("EMPLOYEE NUMBER,EFFECTIVE_START_DATE,START_DATE", "number=EMPLOYEE NUMBER,hired_on=START_DATE"),
        ("Hire Date (mm/dd/yyyy),ID", "number=ID,hired_on=Hire Date (mm/dd/yyyy)"),
        ("Personal-Nr.,Name,Vorname", "number=Personal-Nr.,given=Vorname,family=Name"),
        ("Matricule,Nom", "number=Matricule,name=Nom"),
        ("ID,Preferred Name,Surname", "number=ID,given=Preferred Name,family=Surname"),
    ],
)
def test_known_headers_find_their_fields(headers: str, expected: str) -> None:
    """Each product's headers are read as its documentation means them, the rest is left alone."""
    want = dict(pair.split("=", 1) for pair in expected.split(","))
    assert guess_columns(headers.split(",")) == want


def test_fields_come_in_one_order() -> None:
    """What is shown to the user has the order of FIELDS, not that of the file."""
    columns = guess_columns(["Status", "Hire Date", "Name", "ID"], {"email": "Status"})
    assert list(columns) == [field for field in FIELDS if field in columns]


def test_a_mapping_goes_before_the_guess() -> None:
    """A header that the user gives to one field is not guessed for another; a blank one frees the field."""
    headers = ["ID", "Name", "Team", "Title"]
    assert guess_columns(headers, {"location": "Team", "title": ""}) == {
        "number": "ID",
        "name": "Name",
        "location": "Team",
    }


def test_a_mapped_header_may_be_written_loosely() -> None:
    """Case and punctuation of a header need not be typed as they stand in the file."""
    assert guess_columns(["Staff Ref.", "Name"], {"number": "staff ref"})["number"] == "Staff Ref."


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"titel": "Job"}, 'no field "titel".*Did you mean "title"'),
        ({"xyz": "Job"}, "Fields are number, name"),
        ({"title": "Jobb"}, 'no column "Jobb".*Did you mean "Job"'),
        ({"title": "Qqq"}, "The file has ID and Job"),
    ],
)
def test_a_wrong_mapping_names_the_nearest(mapping: dict[str, str], message: str) -> None:
    """A slip in a field or header is answered with what was probably meant."""
    with pytest.raises(BadInput, match=message):
        guess_columns(["ID", "Job"], mapping)


def test_blank_and_repeated_headers_get_names_of_their_own() -> None:
    """Each column can be named by the user, although the file does not name it."""
    assert label_headers(["ID", "", "ID"]) == ("ID", "column 2", "ID (column 3)")


def test_folding_of_headers() -> None:
    """Case, accents, blanks and signs do not matter; a number sign is a word."""
    assert fold_header("  Prénom_Usuel ") == "prenomusuel"
    assert fold_header("Employee #") == fold_header("EMPLOYEE-NUMBER")
