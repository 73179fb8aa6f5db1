"""Every balanced design we can build, as a recipe: its parameters, where it comes from, and how it is made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from math import comb

from commonground.design import geometry, residues, transforms, triples
from commonground.design.actions import developed
from commonground.design.blocks import Blocks, Parameters, verified
from commonground.design.starters import STARTERS

MOST_TASKS = 100
"""Designs with more tasks than this are not offered."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to build one balanced design.

    Parameters
    ----------
    parameters : Parameters
    source : str
        The construction and its citation, in words.
    build : callable
        Makes the blocks; use `blocks()`, which also counts them.
    """

    parameters: Parameters
    source: str
    build: Callable[[], Blocks]

    def blocks(self) -> Blocks:
        """The design, verified by counting."""
        return verified(self.build(), self.parameters)


def _planes_and_spaces() -> Iterator[Recipe]:
    for order in (2, 3, 4, 5):
        plane = f"the {{}} plane of order {order} (Beth, Jungnickel & Lenz 1999, I.2)"
        projective = Parameters(order**2 + order + 1, order + 1, 1)
        yield Recipe(projective, plane.format("projective"), partial(geometry.projective, 2, order, 1))
        yield Recipe(Parameters(order**2, order, 1), plane.format("affine"), partial(geometry.affine, 2, order, 1))
    spaces = "planes of the {} space {} (Beth, Jungnickel & Lenz 1999, I.2)"
    yield Recipe(Parameters(15, 7, 3), spaces.format("projective", "PG(3, 2)"), partial(geometry.projective, 3, 2, 2))
    yield Recipe(Parameters(8, 4, 3), spaces.format("affine", "AG(3, 2)"), partial(geometry.affine, 3, 2, 2))
    yield Recipe(Parameters(27, 9, 4), spaces.format("affine", "AG(3, 3)"), partial(geometry.affine, 3, 3, 2))
    hyperplanes = "hyperplanes of the affine space AG(4, 2) (Beth, Jungnickel & Lenz 1999, I.2)"
    yield Recipe(Parameters(16, 8, 7), hyperplanes, partial(geometry.affine, 4, 2, 3))
    unital = "a Hermitian unital (Bose 1959)"
    yield Recipe(Parameters(28, 4, 1), unital, partial(geometry.hermitian_unital, 3))
    menon = "rows and columns of a square (Menon 1962)"
    yield Recipe(Parameters(16, 6, 2), menon, partial(geometry.latin_square, 4, symbols=False))


def _residue_designs() -> Iterator[Recipe]:
    for order in (7, 11, 19, 23, 27):
        paley = f"the squares of GF({order}) as a difference set (Paley 1933)"
        parameters = Parameters(order, (order - 1) // 2, (order - 3) // 4)
        yield Recipe(parameters, paley, partial(residues.power_residues, order, 2))
    fourth = "the fourth powers modulo 37 as a difference set (Chowla 1944)"
    yield Recipe(Parameters(37, 9, 2), fourth, partial(residues.power_residues, 37, 4))
    for order in (7, 11, 19):
        hadamard = f"the Hadamard 3-design of the squares of GF({order}) (Hughes & Piper 1985, 3.7)"
        parameters = Parameters(order + 1, (order + 1) // 2, (order - 1) // 2)
        yield Recipe(parameters, hadamard, partial(residues.hadamard_extension, order))
    witt = "the Witt design S(3, 6, 22) (Witt 1938)"
    yield Recipe(Parameters(22, 6, 5), witt, lambda: transforms.derived_twice(residues.quadratic_residue_words()))


_CYCLOTOMIC = (
    (9, 2, False), (13, 2, False), (17, 2, False), (16, 5, False), (16, 3, False), (17, 4, False), (19, 6, False),
    (19, 3, False), (25, 8, False), (25, 4, False), (25, 3, False), (29, 4, False), (31, 6, False), (13, 3, True),
    (17, 4, True), (19, 6, True), (19, 3, True), (25, 4, True), (25, 3, True), (29, 4, True),
)  # fmt: skip
"""Field, number of classes, whether 0 is added to each base block."""


def _cyclotomic_designs() -> Iterator[Recipe]:
    for order, classes, with_zero in _CYCLOTOMIC:
        build = partial(residues.cyclotomic, order, classes, with_zero=with_zero)
        in_class = (order - 1) // classes
        halved = order % 2 == 1 and in_class % 2 == 1
        doubled = in_class + 1 if with_zero else in_class - 1
        parameters = Parameters(order, in_class + with_zero, doubled // 2 if halved else doubled)
        zero = ", each with 0" if with_zero else ""
        yield Recipe(parameters, f"cyclotomic classes of GF({order}){zero} (Bose 1939; Sprott 1954, 1956)", build)


def _triple_systems() -> Iterator[Recipe]:
    for items in (9, 15, 21):
        bose = f"Bose's triple system on {items} items (Bose 1939)"
        yield Recipe(Parameters(items, 3, 1), bose, partial(triples.bose_triples, items))
    for items in (7, 13, 19, 25):
        skolem = f"Skolem's triple system on {items} items (Skolem 1958)"
        yield Recipe(Parameters(items, 3, 1), skolem, partial(triples.skolem_triples, items))
    symmetric = "the triples {s, s + i, s − i} modulo 11 (Hanani 1961)"
    yield Recipe(Parameters(11, 3, 3), symmetric, partial(triples.symmetric_triples, 11))


def _all_sets() -> Iterator[Recipe]:
    for items in range(3, 32):
        for per_task in range(2, items):
            if comb(items, per_task) <= MOST_TASKS:
                together = comb(items - 2, per_task - 2)
                build = partial(transforms.all_subsets, items, per_task)
                yield Recipe(Parameters(items, per_task, together), f"all sets of {per_task} items", build)


def _stored() -> Iterator[Recipe]:
    for parameters, (action, starters) in STARTERS.items():
        search = f"starter tasks found by our search with the group {action} (method: Kramer & Mesner 1976)"
        yield Recipe(parameters, search, partial(developed, action, starters))


def _residuals() -> Iterator[Recipe]:
    symmetric = (
        *(recipe for recipe in (*_residue_designs(), *_stored()) if recipe.parameters.tasks == recipe.parameters.items),
        Recipe(Parameters(16, 6, 2), "rows and columns of a square", partial(geometry.latin_square, 4, symbols=False)),
        Recipe(Parameters(36, 15, 6), "a Latin square of order 6", partial(geometry.latin_square, 6, symbols=True)),
        Recipe(Parameters(35, 17, 8), "twin primes 5 and 7", partial(residues.twin_primes, 5)),
    )
    for recipe in symmetric:
        whole = recipe.parameters
        rest = Parameters(whole.items - whole.per_task, whole.per_task - whole.co_appearances, whole.co_appearances)
        inside = Parameters(whole.per_task, whole.co_appearances, whole.co_appearances - 1)
        yield Recipe(rest, f"residual of {whole}: {recipe.source} (Bose 1939)", partial(_residual, recipe))
        if whole.co_appearances > 2 and inside.admissible:
            yield Recipe(inside, f"derived from {whole}: {recipe.source} (Bose 1939)", partial(_derived, recipe))


def _residual(recipe: Recipe) -> Blocks:
    return transforms.residual(recipe.blocks(), recipe.parameters.items)


def _derived(recipe: Recipe) -> Blocks:
    return transforms.derived(recipe.blocks())


def _complement(recipe: Recipe) -> Recipe:
    part = recipe.parameters
    together = part.tasks - 2 * part.appearances + part.co_appearances
    return Recipe(
        Parameters(part.items, part.items - part.per_task, together),
        f"complement of {part}: {recipe.source}",
        lambda: transforms.complement(recipe.blocks(), part.items),
    )


@cache
def recipes() -> dict[Parameters, Recipe]:
    """All recipes that are not unions of others; where several make the same design, the most classical one."""
    direct = (
        *_all_sets(), *_planes_and_spaces(), *_triple_systems(), *_residue_designs(), *_cyclotomic_designs(),
        *_stored(), *_residuals(),
    )  # fmt: skip
    complements = (_complement(recipe) for recipe in direct if recipe.parameters.items - recipe.parameters.per_task > 1)
    found: dict[Parameters, Recipe] = {}
    for recipe in (*direct, *complements):
        if recipe.parameters.tasks <= MOST_TASKS:
            found.setdefault(recipe.parameters, recipe)
    return found


def recipe_for(parameters: Parameters) -> Recipe | None:
    """The recipe for a balanced design, as a union of several on the same items where there is no other; else None.

    Examples
    --------
    >>> recipe_for(Parameters(16, 6, 5)).source.startswith("union of (16, 6, 2) and (16, 6, 3)")
    True
    """
    if direct := recipes().get(parameters):
        return direct
    if rest := _all_but(parameters):
        return rest
    parts = _fewest_parts(parameters)
    if parts is None:
        return None
    sources = dict.fromkeys(f"{part.parameters}: {part.source}" for part in parts)
    if len(sources) == 1:
        source = f"{len(parts)} copies of {next(iter(sources))}"
    else:
        source = f"union of {' and '.join(str(part.parameters) for part in parts)} – {'; '.join(sources)}"
    return Recipe(parameters, source, partial(_united, parts))


def _all_but(parameters: Parameters) -> Recipe | None:
    """What a design leaves of all sets of that size is a design too, and repeats no task."""
    items, per_task = parameters.items, parameters.per_task
    left = comb(items - 2, per_task - 2) - parameters.co_appearances
    if not 0 < left < parameters.co_appearances:
        return None
    smaller = recipe_for(Parameters(items, per_task, left))
    if smaller is None:
        return None
    source = f"all sets of {per_task} items but those of {smaller.parameters}: {smaller.source}"
    return Recipe(parameters, source, lambda: transforms.all_but(smaller.blocks(), items))


def _united(parts: tuple[Recipe, ...]) -> Blocks:
    built = {part.parameters: part.blocks() for part in parts}
    return transforms.united([built[part.parameters] for part in parts], parts[0].parameters.items)


def _fewest_parts(parameters: Parameters) -> tuple[Recipe, ...] | None:
    """The fewest recipes on the same items whose co-appearances add up."""
    same = [
        recipe
        for recipe in recipes().values()
        if (recipe.parameters.items, recipe.parameters.per_task) == (parameters.items, parameters.per_task)
    ]
    best: dict[int, tuple[Recipe, ...]] = {0: ()}
    for total in range(1, parameters.co_appearances + 1):
        ways = [
            (*best[total - recipe.parameters.co_appearances], recipe)
            for recipe in same
            if total - recipe.parameters.co_appearances in best
        ]
        if ways:
            best[total] = min(ways, key=len)
    parts = best.get(parameters.co_appearances)
    return None if parts is None else tuple(sorted(parts, key=lambda part: part.parameters))
