"""Files as people get them: encodings, delimiters, quotation marks, rows that do not fit."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.errors import BadInput, NotFound
from piptui.people.table import Table, read_table


def table_of(folder: Path, content: str | bytes) -> Table:
    """Read `content` as if it had been exported."""
    path = folder / "export.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_reads_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """The same words come out whatever encoding they were exported in, and no byte-order mark stays."""
    table = table_of(tmp_path, "Number,Name\r\n7,Zoë Müller\r\n".encode(encoding))
    assert table.headers == ("Number", "Name")
    assert table.records[0].cells == ("7", "Zoë Müller")
    assert table.encoding == encoding


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_guesses_the_delimiter_outside_quotation_marks(tmp_path: Path, sign: str) -> None:
    """Delimiters inside a quoted header do not count."""
    quoted = '"Name, , ; ; | |"'
    table = table_of(tmp_path, f"Number{sign}{quoted}{sign}Mail\n1{sign}Kim{sign}k@example.org\n")
    assert table.delimiter == sign
    assert table.headers == ("Number", "Name, , ; ; | |", "Mail")


def test_obeys_the_separator_line_of_excel(tmp_path: Path) -> None:
    """A first line "sep=;" names the delimiter and is no header; lines are still counted from it."""
    table = table_of(tmp_path, "sep=;\nNumber;Name, first\n1;Kim\n")
    assert table.headers == ("Number", "Name, first")
    assert table.records[0].line == 3


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """Rows of several lines and blank rows leave the count of physical lines right."""
    table = table_of(tmp_path, '\nNumber,Name\n1,"Kim\nLee"\n\n,\n2,Ana\n')
    assert [(record.line, record.cells) for record in table.records] == [(3, ("1", "Kim Lee")), (7, ("2", "Ana"))]


def test_an_open_quotation_mark_costs_its_own_row_only(tmp_path: Path) -> None:
    """Rows below a quotation mark that never closes are read."""
    table = table_of(tmp_path, 'Number,Name\n1,Kim\n2,"Lee\n3,Ana\n4,"Bo"\n')
    assert [(record.line, bool(record.fault)) for record in table.records] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]


def test_a_stray_quotation_mark_in_a_cell_is_text(tmp_path: Path) -> None:
    """Inches do not spoil a row; text after a closing quotation mark does."""
    table = table_of(tmp_path, 'Number,Desk\n1,5" screen\n2,"big" screen\n')
    assert table.records[0][:3] == (2, ("1", '5" screen'), "")
    assert "doubled" in table.records[1].fault


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1", "1 cells where the header has 2"),
        ("1,Kim,x", "3 cells where the header has 2"),
        ("1,K\x00m", "NUL byte"),
        (f"1,{'a' * 1001}", "more than 1000 characters"),
    ],
)
def test_rows_that_do_not_fit_say_why(tmp_path: Path, row: str, fault: str) -> None:
    """A row of the wrong length or with damaged text is marked, not repaired."""
    (record,) = table_of(tmp_path, f"Number,Name\n{row}\n").records
    assert fault in record.fault


def test_blank_cells_beyond_the_header_are_let_go(tmp_path: Path) -> None:
    """Delimiters at the ends of lines are no cells."""
    table = table_of(tmp_path, "Number;Name;\n1;Kim;\n2;Ana;;;\n3;Bo\n")
    assert [record.cells for record in table.records] == [("1", "Kim"), ("2", "Ana"), ("3", "Bo")]
    assert not any(record.fault for record in table.records)


def test_direction_overrides_do_not_come_in(tmp_path: Path) -> None:
    """Cells are cleaned as every text of the record is."""
    (record,) = table_of(tmp_path, "Number,Name\n1,\u202eKim\u00a0 Lee \n").records
    assert record.cells == ("1", "Kim Lee")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"Number,Name\n1,\x81\n", "neither UTF-8"),
        (b'Number,"Name\n', "header line cannot be read"),
        (b",,\n1,2,3\n", "header line cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """The message says what the file is and what to do instead."""
    with pytest.raises(BadInput, match=message):
        table_of(tmp_path, content)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    """A path that leads to no file is told from one that cannot be read."""
    with pytest.raises(NotFound, match=r"no file .*gone\.csv"):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(BadInput, match="cannot be read"):
        read_table(tmp_path)


@given(st.lists(st.text(st.sampled_from('a",\n;x'), max_size=12), max_size=12))
def test_no_line_is_lost_whatever_the_quotation_marks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    """Every line with content is inside a record: it has one of its own, or the one before reaches over it."""
    text = "\n".join(["n,m", *rows])
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_text(text, encoding="utf-8", newline="")
    table = read_table(path)
    lines = text.split("\n")
    starts = [record.line for record in table.records]
    assert starts == sorted(set(starts))
    for number, line in enumerate(lines[1:], 2):
        if "a" in line or "x" in line:
            owner = max((start for start in starts if start <= number), default=None)
            assert owner is not None
            record = next(record for record in table.records if record.line == owner)
            assert owner == number or (not record.fault and '"' in lines[owner - 1])
