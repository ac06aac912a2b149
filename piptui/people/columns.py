"""Which column of an HR export holds what: guessed from its header, or as the user says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from piptui.errors import BadInput
from piptui.text import nearest, sentence_list

# Headers as products and projects document them, folded by `fold_header`; the better ones first.
_ALIASES: Final[dict[str, str]] = {
    "number": """
        employeenumber employeeno employeenr employeeid employeecode employeenum empnumber empno empid empcode
        personnelnumber personnelno personnelid staffnumber staffno staffid workernumber workerid personnumber
        personid associateid payrollnumber payrollid eeid hrnumber fileno filenumber
        personalnummer personalnr persnr mitarbeiternummer mitarbeiternr
        matricule nmatricule numeromatricule numeroemploye idemploye numeroempleado numempleado number nummer id
        """,
    "name": """
        displayname fullname employeename workername employeefullname name completename legalname
        lastnamefirstname lastfirst namelastfirst employeenamelastfirst firstnamelastname firstlast
        nachnamevorname namevorname familiennamevorname nomprenoms
        preferredfullname vollername vollstandigername nomcomplet nometprenom nomprenom employee worker
        mitarbeiter mitarbeitername
        """,
    "given": """
        firstname givenname forename first legalfirstname fname vorname prenom nombre preferredfirstname
        preferredname
        """,
    "family": """
        lastname familyname surname last legallastname lname nachname familienname nomdefamille nom apellidos
        apellido
        """,
    "email": """
        workemail workemailaddress emailwork businessemail companyemail primaryworkemail emailaddress email
        mail emailprofessionnel adresseemail adressemail courriel mailadresse emailadresse correo
        userprincipalname
        """,
    "login": """
        login loginname username userid useraccount account accountname samaccountname networkid unixlogin uid
        benutzername benutzer benutzerkennung anmeldename identifiant nomutilisateur
        """,
    "title": """
        jobtitle title positiontitle businesstitle jobname position designation job jobprofile poste fonction
        intituleposte emploi stelle stellenbezeichnung positionsbezeichnung funktion tatigkeit berufsbezeichnung
        puesto cargo
        """,
    "department": """
        department departmentname dept deptname division businessunit orgunit organizationalunit
        supervisoryorganization team teamname abteilung bereich gruppe service departement direction
        departamento group
        """,
    "location": """
        location worklocation locationname site office officelocation standort arbeitsort dienstort lieu
        lieudetravail etablissement city ort
        """,
    "manager": """
        managerid manageremployeeid manageremployeenumber managernumber managerno supervisorid manageremail
        supervisoremail manager managername peoplemanager linemanager directmanager reportingmanager reportsto
        supervisor supervisorname vorgesetzter vorgesetzte vorgesetzteperson fuhrungskraft responsable
        responsablehierarchique manageur superieur superieurhierarchique jefe
        """,
    "hired_on": """
        hiredate dateofhire datehired hiredon joiningdate joindate datejoined dateofjoining employmentstartdate
        startdate lasthiredate hired eintritt eintrittsdatum eintrittam datedembauche dateembauche embauche
        datedentree dateentree fechadealta originalhiredate
        """,
    "left_on": """
        terminationdate dateterminated dateoftermination termdate leavingdate leavedate dateleft lefton
        dateofleaving exitdate separationdate employmentenddate lastdayofwork lastday enddate austritt
        austrittsdatum austrittam datedepart datededepart datedesortie sortie fechadebaja
        """,
    "status": """
        employmentstatus employeestatus workerstatus status active beschaftigungsstatus mitarbeiterstatus
        statut situation
        """,
}
_BY_FIELD: Final = {field: tuple(words.split()) for field, words in _ALIASES.items()}

FIELDS: Final = tuple(_BY_FIELD)
"""The fields that an import knows, in the order in which they are shown."""

DATE_FIELDS: Final = ("hired_on", "left_on")
"""Those of FIELDS that hold civil dates."""

KEY_FIELDS: Final = ("number", "email", "login")
"""Those of FIELDS that identify a person, the best first."""

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def fold_header(header: str) -> str:
    """Give the form in which headers are compared: letters and digits alone, without case and accents.

    "Employee #" reads as "Employee Number"; German ae, oe, ue for an umlaut are not undone.
    """
    plain = unicodedata.normalize("NFKD", header.replace("#", " number ")).casefold()
    return "".join(char for char in plain if char.isalnum())


def label_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name of its own: blank and repeated headers get their position."""
    labels: list[str] = []
    for position, cell in enumerate(cells, 1):
        label = cell or f"column {position}"
        labels.append(f"{label} (column {position})" if label in labels else label)
    return tuple(labels)


def guess_columns(headers: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[str, str]:
    """Say which header holds which field; `mapping` ({field: header}, blank for none) goes before any guess.

    Raises BadInput for a field that does not exist or a header that the file does not have.
    """
    said = {field: _said_header(field, header, headers) for field, header in (mapping or {}).items()}
    guessed = _guess([header for header in headers if header not in said.values()])
    both = {**guessed, **said}
    return {field: both[field] for field in FIELDS if both.get(field)}


def find_header(header: str, headers: Sequence[str], what: str) -> str:
    """Give the header that the user means; `what` starts the message.

    Raises BadInput where the file has no such header.
    """
    if header in headers:
        return header
    folded = fold_header(header)
    alike = [known for known in headers if folded and fold_header(known) == folded]
    if len(alike) == 1:
        return alike[0]
    near = nearest(header, headers)
    hint = f'Did you mean "{near}"?' if near else f"The file has {sentence_list(headers)}."
    raise BadInput(f'{what}: the file has no column "{header}". {hint}')


def _said_header(field: str, header: str, headers: Sequence[str]) -> str:
    if field not in FIELDS:
        near = nearest(field, FIELDS)
        hint = f'Did you mean "{near}"?' if near else f"Fields are {sentence_list(FIELDS)}."
        raise BadInput(f'There is no field "{field}" to map. {hint}')
    return find_header(header, headers, f"Field {field}") if header.strip() else ""


def _guess(headers: Sequence[str]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for shorten in (False, True):  # "Hire Date (mm/dd/yyyy)" only where no column is called "Hire Date"
        for header in headers:
            folded.setdefault(fold_header(_IN_BRACKETS.sub("", header) if shorten else header), header)
    columns: dict[str, str] = {}
    for field, aliases in _BY_FIELD.items():
        free = (folded[alias] for alias in aliases if alias in folded and folded[alias] not in columns.values())
        header = next(free, "")
        if header:
            columns[field] = header
    return _settle_name(columns)


def _settle_name(columns: dict[str, str]) -> dict[str, str]:
    """A lone "Name" beside a given name is the family name (German); a lone "Nom" is the whole name; a
    preferred name stands in for the given name only where no whole name does.
    """
    columns = dict(columns)
    if "name" in columns and fold_header(columns.get("given", "")).startswith("preferred"):
        del columns["given"]
    if "given" in columns and "family" not in columns and fold_header(columns.get("name", "")) == "name":
        columns["family"] = columns.pop("name")
    elif not {"given", "name"} & columns.keys() and fold_header(columns.get("family", "")) == "nom":
        columns["name"] = columns.pop("family")
    return columns
