"""Tables 2 and 3 of the published study: who took part, as counts and printed percentages by group."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedCharacteristic:
    """One row of a block: people of HP, R and P (or of the one group asked) and the percentages printed beside them.

    A `child` row is indented under the nearest row before it that is not one.
    """

    label: str
    people: tuple[int, ...]
    percent: tuple[str, ...]
    child: bool = False


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One question of Table 2 or 3. `multiple`: a person may be in several rows, so they need not sum to the group."""

    table: int
    groups: tuple[str, ...]
    multiple: bool
    rows: tuple[PrintedCharacteristic, ...]


ALL_GROUPS = ("HP", "R", "P")

BLOCKS = {
    "Gender": PrintedBlock(
        2,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("Cisgender woman", (52, 27, 28), ("81.3", "84.4", "90.3")),
            PrintedCharacteristic("Woman (prefer not to specify)", (2, 5, 1), ("3.1", "15.6", "3.2")),
            PrintedCharacteristic("Cisgender man", (7, 0, 1), ("10.9", "0.0", "3.2")),
            PrintedCharacteristic("Another gender", (0, 0, 1), ("0.0", "0.0", "3.2")),
            PrintedCharacteristic("Prefer not to answer", (3, 0, 0), ("4.7", "0.0", "0.0")),
        ),
    ),
    "Race": PrintedBlock(
        2,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("Black", (0, 1, 2), ("0.0", "3.1", "6.5")),
            PrintedCharacteristic("East Asian", (1, 0, 1), ("1.6", "0.0", "3.2")),
            PrintedCharacteristic("Latin American", (1, 0, 0), ("1.6", "0.0", "0.0")),
            PrintedCharacteristic("Middle Eastern", (1, 1, 1), ("1.6", "3.1", "3.2")),
            PrintedCharacteristic("South Asian", (3, 1, 3), ("4.7", "3.1", "9.7")),
            PrintedCharacteristic("Southeast Asian", (1, 1, 1), ("1.6", "3.1", "3.2")),
            PrintedCharacteristic("White", (55, 28, 21), ("85.9", "87.5", "67.7")),
            PrintedCharacteristic("Another race category", (1, 0, 1), ("1.6", "0.0", "3.2")),
            PrintedCharacteristic("Prefer not to answer", (1, 0, 1), ("1.6", "0.0", "3.2")),
        ),
    ),
    "Country": PrintedBlock(
        2,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("Canada", (43, 24, 30), ("67.2", "75.0", "96.8")),
            PrintedCharacteristic("Ontario", (11, 11, 14), ("17.2", "34.4", "45.2"), child=True),
            PrintedCharacteristic("Alberta", (7, 6, 10), ("10.9", "18.8", "32.3"), child=True),
            PrintedCharacteristic("Nova Scotia", (13, 3, 2), ("20.3", "9.4", "6.5"), child=True),
            PrintedCharacteristic("British Columbia", (5, 3, 1), ("7.8", "9.4", "3.2"), child=True),
            PrintedCharacteristic("Quebec", (3, 1, 1), ("4.7", "3.1", "3.2"), child=True),
            PrintedCharacteristic("Saskatchewan", (3, 0, 0), ("4.7", "0.0", "0.0"), child=True),
            PrintedCharacteristic("Prince Edward Island", (1, 0, 1), ("1.6", "0.0", "3.2"), child=True),
            PrintedCharacteristic("Manitoba", (0, 0, 1), ("0.0", "0.0", "3.2"), child=True),
            PrintedCharacteristic("United States", (13, 2, 1), ("20.3", "6.3", "3.2")),
            PrintedCharacteristic("Australia", (4, 5, 0), ("6.3", "15.6", "0.0")),
            PrintedCharacteristic("United Kingdom", (1, 1, 0), ("1.6", "3.1", "0.0")),
            PrintedCharacteristic("The Netherlands", (1, 0, 0), ("1.6", "0.0", "0.0")),
            PrintedCharacteristic("Iran", (1, 0, 0), ("1.6", "0.0", "0.0")),
            PrintedCharacteristic("Prefer not to answer", (1, 0, 0), ("1.6", "0.0", "0.0")),
        ),
    ),
    "Age (years)": PrintedBlock(
        2,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("18–29\u00a0years", (1, 5, 16), ("1.6", "15.6", "51.6")),
            PrintedCharacteristic("30–39\u00a0years", (3, 15, 5), ("4.7", "46.9", "16.1")),
            PrintedCharacteristic("40–49\u00a0years", (15, 6, 5), ("23.4", "18.8", "16.1")),
            PrintedCharacteristic("50–59\u00a0years", (14, 4, 5), ("21.9", "12.5", "16.1")),
            PrintedCharacteristic("60\u00a0years or greater", (8, 2, 5), ("12.5", "6.3", "16.1")),
            PrintedCharacteristic("Prefer not to answer", (1, 0, 0), ("1.6", "0.0", "0.0")),
        ),
    ),
    "Highest level of education": PrintedBlock(
        2,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("High school diploma", (0, 0, 1), ("0.0", "0.0", "3.2")),
            PrintedCharacteristic("Some college/professional school", (1, 0, 1), ("1.6", "0.0", "3.2")),
            PrintedCharacteristic("College/professional school diploma", (9, 0, 2), ("14.1", "0.0", "6.5")),
            PrintedCharacteristic("Some undergraduate studies", (0, 1, 4), ("0.0", "3.1", "12.9")),
            PrintedCharacteristic("Undergraduate degree", (0, 1, 12), ("0.0", "3.1", "38.7")),
            PrintedCharacteristic("Some postgraduate studies", (3, 0, 0), ("4.7", "0.0", "0.0")),
            PrintedCharacteristic("Postgraduate degree", (17, 1, 2), ("26.6", "3.1", "6.5")),
            PrintedCharacteristic("Some master’s studies", (2, 2, 2), ("3.1", "6.3", "6.5")),
            PrintedCharacteristic("Master’s degree", (12, 0, 4), ("18.8", "0.0", "12.9")),
            PrintedCharacteristic("Some PhD studies", (3, 4, 1), ("4.7", "12.5", "3.2")),
            PrintedCharacteristic("PhD degree", (16, 23, 2), ("25.0", "71.9", "6.5")),
            PrintedCharacteristic("Prefer not to answer", (1, 0, 0), ("1.6", "0.0", "0.0")),
        ),
    ),
    "Area of KM experience": PrintedBlock(
        3,
        ALL_GROUPS,
        multiple=True,
        rows=(
            PrintedCharacteristic("Chronic pain", (42, 18, 18), ("65.6", "56.3", "58.1")),
            PrintedCharacteristic("Procedure pain", (42, 19, 11), ("65.6", "59.4", "35.5")),
            PrintedCharacteristic("Acute pain", (41, 16, 6), ("64.1", "50.0", "19.4")),
            PrintedCharacteristic("Rheumatic diseases", (22, 6, 6), ("34.4", "18.8", "19.4")),
            PrintedCharacteristic("Oncological conditions", (25, 4, 6), ("39.1", "12.5", "19.4")),
            PrintedCharacteristic("Haematological conditions", (26, 3, 0), ("40.6", "9.4", "0.0")),
            PrintedCharacteristic("Musculoskeletal conditions", (30, 7, 2), ("46.9", "21.9", "6.5")),
            PrintedCharacteristic("Genetic disorders", (25, 5, 6), ("39.1", "15.6", "19.4")),
            PrintedCharacteristic("Rare disease", (11, 4, 5), ("17.2", "12.5", "16.1")),
            PrintedCharacteristic("Medical complexity", (28, 5, 8), ("43.8", "15.6", "25.8")),
            PrintedCharacteristic("Neurodevelopmental disorders", (31, 7, 11), ("48.4", "21.9", "35.5")),
            PrintedCharacteristic("Another illness/disease", (14, 2, 6), ("21.9", "6.3", "19.4")),
        ),
    ),
    "Type of KM experience": PrintedBlock(
        3,
        ALL_GROUPS,
        multiple=True,
        rows=(
            PrintedCharacteristic("Implementation", (60, 17, 26), ("93.8", "53.1", "83.9")),
            PrintedCharacteristic("Clinical practice change", (55, 15, 15), ("85.9", "46.9", "48.4"), child=True),
            PrintedCharacteristic("Policy change", (34, 5, 10), ("53.1", "15.6", "32.3"), child=True),
            PrintedCharacteristic("Advisory committee", (35, 11, 20), ("54.7", "34.4", "64.5"), child=True),
            PrintedCharacteristic(
                "Evidence adoption/health service improvement plan", (34, 11, 6), ("53.1", "34.4", "19.4"), child=True
            ),
            PrintedCharacteristic("Structures for evidence adoption", (18, 7, 1), ("28.1", "21.9", "3.2"), child=True),
            PrintedCharacteristic("Decision aids", (17, 4, 1), ("26.6", "12.5", "3.2"), child=True),
            PrintedCharacteristic("Local opinion leader", (28, 5, 8), ("43.8", "15.6", "25.8"), child=True),
            PrintedCharacteristic("Knowledge broker", (12, 3, 5), ("18.8", "9.4", "16.1"), child=True),
            PrintedCharacteristic(
                "Education/training for health professionals", (56, 12, 14), ("87.5", "37.5", "45.2"), child=True
            ),
            PrintedCharacteristic("Dissemination", (55, 32, 24), ("85.9", "100.0", "77.4")),
            PrintedCharacteristic("Plain language summary", (33, 25, 13), ("51.6", "78.1", "41.9"), child=True),
            PrintedCharacteristic("Policy brief", (20, 9, 8), ("31.3", "28.1", "25.8"), child=True),
            PrintedCharacteristic(
                "Materials (e.g. toolkit, patient resources)", (48, 24, 20), ("75.0", "75.0", "64.5"), child=True
            ),
            PrintedCharacteristic("Infographics", (20, 19, 14), ("31.3", "59.4", "45.2"), child=True),
            PrintedCharacteristic("Arts-based KM", (11, 5, 5), ("17.2", "15.6", "16.1"), child=True),
            PrintedCharacteristic("Clinical practice guideline", (35, 9, 3), ("54.7", "28.1", "9.7"), child=True),
            PrintedCharacteristic("Position paper", (14, 4, 4), ("21.9", "12.5", "12.9"), child=True),
            PrintedCharacteristic("Engaging with knowledge broker", (16, 6, 9), ("25.0", "18.8", "29.0"), child=True),
            PrintedCharacteristic("Developing partner network", (18, 10, 6), ("28.1", "31.3", "19.4"), child=True),
            PrintedCharacteristic("Social media outreach", (16, 19, 17), ("25.0", "59.4", "54.8"), child=True),
            PrintedCharacteristic("Another dissemination activity", (5, 2, 1), ("7.8", "6.3", "3.2"), child=True),
        ),
    ),
    "KM roles held": PrintedBlock(
        3,
        ALL_GROUPS,
        multiple=True,
        rows=(
            PrintedCharacteristic("Implementation consultant", (31, 5, 9), ("48.4", "15.6", "29.0")),
            PrintedCharacteristic("Project collaborator", (44, 20, 21), ("68.8", "62.5", "67.7")),
            PrintedCharacteristic("Project leader", (35, 24, 5), ("54.7", "75.0", "16.1")),
            PrintedCharacteristic("Decision maker", (20, 8, 5), ("31.3", "25.0", "16.1")),
            PrintedCharacteristic("Staff carrying out KM", (49, 10, 8), ("76.6", "31.3", "25.8")),
            PrintedCharacteristic("Knowledge user", (34, 5, 20), ("53.1", "15.6", "64.5")),
            PrintedCharacteristic("Another role", (0, 1, 2), ("0.0", "3.1", "6.5")),
        ),
    ),
    "Partner types collaborated with": PrintedBlock(
        3,
        ALL_GROUPS,
        multiple=True,
        rows=(
            PrintedCharacteristic("Researchers", (39, 29, 26), ("60.9", "90.6", "83.9")),
            PrintedCharacteristic("Health professionals", (64, 29, 26), ("100.0", "90.6", "83.9")),
            PrintedCharacteristic("Patients/caregivers", (52, 29, 27), ("81.3", "90.6", "87.1")),
            PrintedCharacteristic("Local partners", (43, 17, 21), ("67.2", "53.1", "67.7")),
            PrintedCharacteristic("National partners", (32, 15, 17), ("50.0", "46.9", "54.8")),
            PrintedCharacteristic("International partners", (21, 16, 10), ("32.8", "50.0", "32.3")),
        ),
    ),
    "Level of KM experience": PrintedBlock(
        3,
        ALL_GROUPS,
        multiple=False,
        rows=(
            PrintedCharacteristic("Expert", (28, 9, 2), ("43.8", "28.1", "6.5")),
            PrintedCharacteristic("Advanced", (18, 11, 12), ("28.1", "34.4", "38.7")),
            PrintedCharacteristic("Competent", (16, 10, 15), ("25.0", "31.3", "48.4")),
            PrintedCharacteristic("Novice", (2, 2, 2), ("3.1", "6.3", "6.5")),
        ),
    ),
    "Health profession": PrintedBlock(
        3,
        ("HP",),
        multiple=False,
        rows=(
            PrintedCharacteristic("Nurse/nurse practitioner/advanced practice nurse", (20,), ("31.3",)),
            PrintedCharacteristic("Psychologist", (12,), ("18.8",)),
            PrintedCharacteristic("Physician", (10,), ("15.6",)),
            PrintedCharacteristic("Child life specialist", (6,), ("9.4",)),
            PrintedCharacteristic("Occupational therapist", (6,), ("9.4",)),
            PrintedCharacteristic("Physiotherapist/physical therapist", (6,), ("9.4",)),
            PrintedCharacteristic("Social worker", (1,), ("1.6",)),
            PrintedCharacteristic("Another health profession", (3,), ("4.7",)),
        ),
    ),
    "Researcher career stage": PrintedBlock(
        3,
        ("R",),
        multiple=False,
        rows=(
            PrintedCharacteristic("Trainee", (11,), ("34.4",)),
            PrintedCharacteristic("Early career", (10,), ("31.3",)),
            PrintedCharacteristic("Mid-career", (6,), ("18.8",)),
            PrintedCharacteristic("Senior", (5,), ("15.6",)),
        ),
    ),
    "Area of study": PrintedBlock(
        3,
        ("R",),
        multiple=True,
        rows=(
            PrintedCharacteristic("Medicine/health sciences", (13,), ("40.6",)),
            PrintedCharacteristic("Psychology", (12,), ("37.5",)),
            PrintedCharacteristic("Nursing", (4,), ("12.5",)),
            PrintedCharacteristic("Neuroscience", (3,), ("9.4",)),
            PrintedCharacteristic("Physiotherapy/physical therapy", (2,), ("6.3",)),
            PrintedCharacteristic("Implementation science", (2,), ("6.3",)),
            PrintedCharacteristic("Another area of study", (1,), ("3.1",)),
        ),
    ),
    "Type of lived experience": PrintedBlock(
        3,
        ("P",),
        multiple=True,
        rows=(
            PrintedCharacteristic("Patient/youth", (18,), ("58.1",)),
            PrintedCharacteristic("Parent/caregiver", (14,), ("45.2",)),
            PrintedCharacteristic("Other family member", (5,), ("16.1",)),
            PrintedCharacteristic("Another type of lived experience", (2,), ("6.5",)),
        ),
    ),
}
"""The blocks in the order printed: the question, then its rows. Whether several answers were possible is not stated in
the study; a block whose rows sum to more than a group is taken to be multiple, except for age, where the sums are a
contradiction."""


@dataclass(frozen=True, slots=True)
class PrintedYears:
    """Years of experience in a group: mean, standard deviation, smallest and largest."""

    mean: str
    sd: str
    smallest: int
    largest: int


YEARS = {
    "HP": PrintedYears("15.61", "10.39", 1, 40),
    "R": PrintedYears("8.28", "7.17", 2, 40),
    "P": PrintedYears("6.48", "6.43", 1, 30),
}
"""Years of experience with knowledge mobilisation. They cannot be recomputed: the answers were not published."""
