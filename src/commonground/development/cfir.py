"""The constructs of the Consolidated Framework for Implementation Research, 2022, as tags for items."""

from collections.abc import Iterator, Mapping

CITATION = (
    "Damschroder LJ, Reardon CM, Opra Widerquist MA, Lowery J. The updated Consolidated Framework for Implementation "
    "Research based on user feedback. Implementation Science 2022;17:75. doi:10.1186/s13012-022-01245-0"
)

CONSTRUCTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Innovation": {
        "Innovation Source": (),
        "Innovation Evidence-Base": (),
        "Innovation Relative Advantage": (),
        "Innovation Adaptability": (),
        "Innovation Trialability": (),
        "Innovation Complexity": (),
        "Innovation Design": (),
        "Innovation Cost": (),
    },
    "Outer Setting": {
        "Critical Incidents": (),
        "Local Attitudes": (),
        "Local Conditions": (),
        "Partnerships & Connections": (),
        "Policies & Laws": (),
        "Financing": (),
        "External Pressure": ("Societal Pressure", "Market Pressure", "Performance Measurement Pressure"),
    },
    "Inner Setting": {
        "Structural Characteristics": (
            "Physical Infrastructure",
            "Information Technology Infrastructure",
            "Work Infrastructure",
        ),
        "Relational Connections": (),
        "Communications": (),
        "Culture": (
            "Human Equality-Centeredness",
            "Recipient-Centeredness",
            "Deliverer-Centeredness",
            "Learning-Centeredness",
        ),
        "Tension for Change": (),
        "Compatibility": (),
        "Relative Priority": (),
        "Incentive Systems": (),
        "Mission Alignment": (),
        "Available Resources": ("Funding", "Space", "Materials & Equipment"),
        "Access to Knowledge & Information": (),
    },
    "Individuals": {
        "High-level Leaders": (),
        "Mid-level Leaders": (),
        "Opinion Leaders": (),
        "Implementation Facilitators": (),
        "Implementation Leads": (),
        "Implementation Team Members": (),
        "Other Implementation Support": (),
        "Innovation Deliverers": (),
        "Innovation Recipients": (),
        "Need": (),
        "Capability": (),
        "Opportunity": (),
        "Motivation": (),
    },
    "Process": {
        "Teaming": (),
        "Assessing Needs": ("Innovation Deliverers", "Innovation Recipients"),
        "Assessing Context": (),
        "Planning": (),
        "Tailoring Strategies": (),
        "Engaging": ("Innovation Deliverers", "Innovation Recipients"),
        "Doing": (),
        "Reflecting & Evaluating": ("Implementation", "Innovation"),
        "Adapting": (),
    },
}
"""Domain, construct, sub-constructs. Names only; the definitions are the authors' (`CITATION`)."""


def tags(domain: str) -> Iterator[str]:
    """Every tag of a domain, a construct before its sub-constructs.

    Examples
    --------
    >>> list(tags("Outer Setting"))[6:8]
    ['Outer Setting: External Pressure', 'Outer Setting: External Pressure: Societal Pressure']
    """
    for construct, parts in CONSTRUCTS[domain].items():
        yield f"{domain}: {construct}"
        yield from (f"{domain}: {construct}: {part}" for part in parts)


def is_tag(text: str) -> bool:
    """Whether this is a tag of the framework.

    Examples
    --------
    >>> is_tag("Inner Setting: Culture"), is_tag("Culture")
    (True, False)
    """
    return any(text in tags(domain) for domain in CONSTRUCTS)
