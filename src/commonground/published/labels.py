"""Names of the published study: its items as printed in its Table 1, short forms of them, its groups, its citation."""

DOI = "10.1186/s12961-025-01310-2"
CITATION = f"Best–worst scaling study of partnerships in paediatric pain knowledge mobilization (2025), doi:{DOI}"

ITEM_LABELS = {
    "open": "A culture of openness and respect for team members’ perspectives and contributions",
    "goal": "Having a shared goal and commitment to the KM activity among team members",
    "res": "Having access to resources to support engagement in KM activities",
    "fit": "Fit of the KM activity within the context where the activity will be shared/applied",
    "exp": "Having team members with various types of expertise",
    "lead": "A collaborative leadership style",
    "net": "Access to a network (e.g. patient/caregiver partner, professional, etc.)",
    "plan": "A flexible implementation plan",
    "know": "Personal knowledge of how to lead or participate in KM processes",
    "champ": "Presence of a “champion” on a KM team",
    "comm": "Flexible communication methods within teams",
}
"""Item id to the label printed in Table 1. KM is knowledge mobilization."""

SHORT_LABELS = {
    "open": "Culture of openness & respect",
    "goal": "Shared goal & commitment",
    "res": "Access to resources",
    "fit": "Fit of KM activity with context",
    "exp": "Various types of expertise",
    "lead": "Collaborative leadership style",
    "net": "Access to a network",
    "plan": "Flexible implementation plan",
    "know": "Personal knowledge of KM processes",
    "champ": "Presence of a champion",
    "comm": "Flexible communication methods",
}
"""Item id to a label that fits a table or a figure."""

GROUP_LABELS = {"HP": "Health professionals", "R": "Researchers", "P": "Patient/caregiver partners"}
"""Partner group id to its name."""
