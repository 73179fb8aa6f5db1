"""How a study is carried out and what an ethics board asks: dates, quotas, contacts, texts for those who take part."""

from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from commonground.records.questions import Id, Part
from commonground.records.words import Words


class Quota(Part):
    """The most complete answers a partner group takes; who comes later is told so kindly."""

    group: Id = Field(description="the partner group")
    most: int = Field(ge=1, description="complete answers after which the group is full")


class Wish(StrEnum):
    """What people may leave contact details for, apart from their answers."""

    DRAW = "draw"
    RESULTS = "results"
    FUTURE = "future"


class Draw(Part):
    """A prize draw among those who leave contact details for it."""

    prizes: int = Field(ge=1, description="how many are drawn")
    prize: Words = Field(description="what each of them gets")
    drawn_on: date | None = Field(default=None, description="the day of the draw; nobody can enter after it")
    open_to_all: bool = Field(
        default=False, description="whether people who do not take part can enter too, with the same odds"
    )


class Contacts(Part):
    """Contact details people may leave when they have finished. They are never joined to answers."""

    wishes: tuple[Wish, ...] = Field(default=(), description="what people may leave contact details for")
    draw: Draw | None = Field(default=None, description="the prize draw, where there is one")
    deleted_on: date | None = Field(default=None, description="the day on which all contact details are deleted")

    @model_validator(mode="after")
    def _a_draw_has_prizes(self) -> "Contacts":
        if (Wish.DRAW in self.wishes) != (self.draw is not None):
            raise ValueError("a 'draw' among the wishes needs the part 'draw', and the other way round")
        return self


class Fielding(Part):
    """When the study runs, who is still wanted, and how it keeps programs out."""

    opens_on: date | None = Field(default=None, description="nobody can begin before this day")
    closes_on: date | None = Field(default=None, description="the last day on which people can answer")
    quotas: tuple[Quota, ...] = Field(default=(), description="groups that may become full")
    best_only: bool = Field(
        default=False, description="whether people may answer only 'most'; recorded in the data as an accommodation"
    )
    proof_of_work: bool = Field(
        default=True, description="ask browsers with scripts for a moment of work before consent; never blocks anybody"
    )
    address_key_days: int = Field(
        default=90, ge=1, description="days after closing on which the key of hashed network addresses is destroyed"
    )
    contacts: Contacts = Field(default=Contacts(), description="contact details, kept apart from answers")


class Ethics(Part):
    """What an ethics board asks and a participant may want to know. Shown beside the consent where given."""

    approval: str = Field(default="", description="who approved the study, with the number")
    complaints: Words | None = Field(default=None, description="where to complain, outside the study team")
    distress: Words | None = Field(default=None, description="where to find help if answering is upsetting")
    controller: Words | None = Field(default=None, description="who is responsible for the data")
    storage: Words | None = Field(default=None, description="in which country and by whom the data are stored")
    retention: Words | None = Field(default=None, description="how long the data are kept, and why")
    community: Words | None = Field(default=None, description="how a community governs data about itself")
    guardianship: Words | None = Field(
        default=None, description="how people under 18 take part; without it nobody under 18 can"
    )
