"""The study document: everything a study is, as one validated record."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from commonground.records.provenance import FORMAT_VERSION
from commonground.records.questions import Condition, Id, Part, Question, QuestionType
from commonground.records.words import Words


class ProvenanceSource(StrEnum):
    """Where an item came from."""

    LITERATURE = "literature"
    FRAMEWORK = "framework"
    NEEDS_ASSESSMENT = "needs_assessment"
    ELICITATION = "elicitation"
    OTHER = "other"


class ItemProvenance(Part):
    """How an item got on the list, with its citation."""

    source: ProvenanceSource
    citation: str = ""
    note: str = ""


class Item(Part):
    """One thing that may matter. `label` is read in a task, `short_label` in tables and figures."""

    id: Id
    label: Words
    short_label: Words
    definition: Words | None = None
    provenance: ItemProvenance | None = None
    cfir: str = Field("", description="construct of the Consolidated Framework for Implementation Research")
    family: str = Field("", description="a tag of your own, for summaries by family")


class PartnerGroup(Part):
    """One of the groups a study compares. `planned` is how many people it hopes for."""

    id: Id
    label: Words
    short_label: Words
    planned: int | None = Field(None, ge=1)


class Frame(Part):
    """The question every task asks, and what the two ends are called."""

    question: Words
    most: Words = Words({"en": "Most important", "fr": "Le plus important"})
    least: Words = Words({"en": "Least important", "fr": "Le moins important"})


class Consent(Part):
    """What people agree to before the first question."""

    version: str
    sections: tuple[Words, ...] = Field(min_length=1, description="paragraphs, in order")
    agreement: Words = Field(description="the sentence beside the box that is ticked")
    decline: Words | None = Field(None, description="what a person reads who does not agree")


class Term(Part):
    """A word the survey uses, and what it means."""

    term: Words
    meaning: Words


class EligibilityRule(Part):
    """Who does not fulfil `requires` cannot take part; `reason` is recorded, `message` is read."""

    reason: Id
    requires: Condition
    message: Words


class GroupRule(Part):
    """Which answer puts a person in which partner group: the first rule that holds decides."""

    group: Id
    when: Condition


class WorkedExample(Part):
    """A practice task about something everyday."""

    introduction: Words
    question: Words
    items: tuple[Words, ...] = Field(min_length=3)
    most: int = Field(ge=1, description="which item the example marks as most, from 1")
    least: int = Field(ge=1)
    explanation: Words

    @model_validator(mode="after")
    def _marks_exist(self) -> "WorkedExample":
        if max(self.most, self.least) > len(self.items) or self.most == self.least:
            raise ValueError("'most' and 'least' must be two different items of the example")
        return self


class RepeatRule(Part):
    """Whether one task comes twice, to see how steady answers are. The second showing is never scored."""

    count: Literal[0, 1] = 1
    distance: int = Field(3, ge=1, description="the repeat stands at least so many tasks after its twin")


class DesignPlan(Part):
    """The design asked for; `tasks` left out takes the best balanced one."""

    per_task: int = Field(5, ge=2, le=10)
    tasks: int | None = Field(None, ge=1)
    versions: int = Field(1, ge=1, le=1000)
    seed: int = 1
    repeat: RepeatRule = RepeatRule()
    shuffle_tasks: bool = True
    shuffle_positions: bool = True


class ScreeningRules(Part):
    """When an automatic sign is raised. A flag is never a decision."""

    minimum_minutes: float | None = Field(10, gt=0, description="total time under this raises a flag")
    repeat_changes: Literal["never", "both"] = "both"
    straight_line_chance: float = Field(
        0.01, gt=0, lt=1, description="flag a run in one position less likely than this by chance"
    )
    identical_answers: bool = True
    random_quantile: float = Field(0.95, gt=0.5, lt=1, description="flag a fit below this quantile of random answerers")


class AddedConstant(Part):
    """A constant added to every best and worst count before ratios are taken, and to whom."""

    constant: float = Field(0.5, ge=0)
    to: str = Field("all", description="'all', or the id of one partner group")
    reason: str = ""


class AnalysisPlan(Part):
    """What will be done with the answers, written down before they are seen."""

    added: AddedConstant = AddedConstant()
    sensitivity_constants: tuple[float, ...] = (0.01, 0.1, 0.25, 0.5, 1.0)
    threshold: float = Field(
        0.2, gt=0, le=1, description="rescaled scores this far apart count as different by the rule"
    )
    equivalence_margin: float = Field(
        0.5, gt=0, description="mean best-minus-worst scores per person this close count as alike"
    )
    resamples: int = Field(2000, ge=100)
    permutations: int = Field(2000, ge=100)
    level: float = Field(0.95, gt=0.5, lt=1)
    seed: int = 20260101


class Study(Part):
    """A study: what is asked, of whom, with which design, and how it will be analysed."""

    format_version: Literal[1] = FORMAT_VERSION
    id: Id
    title: Words
    description: Words | None = None
    languages: tuple[str, ...] = Field(("en",), min_length=1)
    citation: str = ""
    minutes: int | None = Field(None, ge=1, description="about how long it takes")
    contact: Words | None = Field(None, description="whom to ask about the study")
    frame: Frame
    items: tuple[Item, ...] = Field(min_length=4)
    groups: tuple[PartnerGroup, ...] = Field(min_length=1)
    consent: Consent
    background: tuple[Question, ...] = ()
    eligibility: tuple[EligibilityRule, ...] = ()
    group_rules: tuple[GroupRule, ...] = ()
    glossary: tuple[Term, ...] = ()
    task_explanation: Words
    worked_example: WorkedExample | None = None
    design: DesignPlan = DesignPlan()
    quality_questions: tuple[Question, ...] = ()
    demographics: tuple[Question, ...] = ()
    thanks: Words
    screening: ScreeningRules = ScreeningRules()
    analysis: AnalysisPlan = AnalysisPlan()

    def all_questions(self) -> tuple[Question, ...]:
        """Every question beside the tasks, in the order asked."""
        return self.background + self.quality_questions + self.demographics

    def item(self, item_id: str) -> Item:
        """The item with this id."""
        return next(item for item in self.items if item.id == item_id)

    def group(self, group_id: str) -> PartnerGroup:
        """The partner group with this id."""
        return next(group for group in self.groups if group.id == group_id)

    @model_validator(mode="after")
    def _hangs_together(self) -> "Study":
        _no_twins("item", (item.id for item in self.items))
        _no_twins("partner group", (group.id for group in self.groups))
        _no_twins("question", (question.id for question in self.all_questions()))
        _known(
            "group_rules", "partner group", (rule.group for rule in self.group_rules), {one.id for one in self.groups}
        )
        groups = (group for question in self.all_questions() for group in question.groups)
        _known("groups of a question", "partner group", groups, {one.id for one in self.groups})
        if self.analysis.added.to != "all":
            _known("analysis.added.to", "partner group", [self.analysis.added.to], {one.id for one in self.groups})
        if len(self.groups) > 1 and not self.group_rules:
            raise ValueError("several partner groups need 'group_rules' that say who belongs to which")
        if self.design.per_task > len(self.items):
            raise ValueError(f"a task of {self.design.per_task} items is larger than the list of {len(self.items)}")
        self._conditions_look_back()
        return self

    def _conditions_look_back(self) -> None:
        asked: dict[str, Question] = {}
        for question in self.all_questions():
            if question.show_if is not None:
                _check_condition(f"question '{question.id}'", question.show_if, asked)
            asked[question.id] = question
        background = {question.id: question for question in self.background}
        for rule in self.eligibility:
            _check_condition(f"eligibility rule '{rule.reason}'", rule.requires, background)
        for rule in self.group_rules:
            _check_condition(f"rule for group '{rule.group}'", rule.when, background)


def _no_twins(kind: str, ids: Iterable[str]) -> None:
    twice = [one for one, times in Counter(ids).items() if times > 1]
    if twice:
        raise ValueError(f"{kind} id '{twice[0]}' is used twice")


def _known(place: str, kind: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{place} names the {kind} '{name}', which does not exist")


def _check_condition(place: str, condition: Condition, asked: dict[str, Question]) -> None:
    for part in (condition.all or ()) + (condition.any or ()):
        _check_condition(place, part, asked)
    if condition.question is None:
        return
    question = asked.get(condition.question)
    if question is None:
        raise ValueError(f"{place} looks at the question '{condition.question}', which is not asked before it")
    if question.type not in (QuestionType.SINGLE, QuestionType.MULTIPLE):
        return
    known = {option.id for option in question.all_options()}
    wanted = (condition.any_of or ()) + (condition.none_of or ())
    for one in (*wanted, condition.equals, condition.is_not):
        if one is not None and one not in known:
            raise ValueError(f"{place} looks for the option '{one}', which question '{question.id}' does not have")
