"""What a facilitator can ask about an item: the shape of a prompt, and which one belongs to an item."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.records.words import Words


@dataclass(frozen=True, slots=True)
class Prompt:
    """Help for talking about one item.

    Parameters
    ----------
    why : Words
        Why people may care.
    ask : tuple of Words
        Questions, to be answered from experience.
    do : tuple of Words
        Things other teams try.
    if_split : Words
        Where to look when people have it in different places.
    agree : Words
        A sentence to finish together.
    check : Words
        How the team will see later whether it came true.
    """

    why: Words
    ask: tuple[Words, ...]
    do: tuple[Words, ...]
    if_split: Words
    agree: Words
    check: Words


def prompt_for(item: str, prompts: Mapping[str, Prompt], general: Prompt) -> Prompt:
    """The prompt of an item of the starter list; the general one for an item of the team's own.

    Examples
    --------
    >>> from commonground.partnership.prompts_texts import GENERAL, PROMPTS
    >>> prompt_for("own1", PROMPTS, GENERAL) is GENERAL, prompt_for("goal", PROMPTS, GENERAL) is GENERAL
    (True, False)
    """
    return prompts.get(item, general)
