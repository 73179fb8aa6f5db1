"""Logit with Biogeme: every item is an alternative that is there or not; the worst is picked with signs turned.

python biogeme_fit.py choices.csv  ->  one JSON object with the utilities, the first item at 0.
"""

import json
import sys

import numpy as np
import pandas as pd
from biogeme import models
from biogeme.biogeme import BIOGEME
from biogeme.database import Database
from biogeme.expressions import Beta, Variable
from biogeme.parameters import Parameters

answers = pd.read_csv(sys.argv[1])
places = [column for column in answers.columns if column.startswith("item_")]
items = np.unique(answers[places])
shown = np.searchsorted(items, answers[places])
best, worst = np.searchsorted(items, answers["best"]), np.searchsorted(items, answers["worst"])
tasks = len(shown)
there = np.zeros((tasks, len(items)))
np.put_along_axis(there, shown, 1, axis=1)
rest = there.copy()
rest[np.arange(tasks), best] = 0
rows = pd.DataFrame(np.vstack([there, rest]), columns=[f"there_{place}" for place in range(len(items))])
rows["sign"] = np.repeat([1.0, -1.0], tasks)
rows["picked"] = np.concatenate([best, worst])
utility = {place: Variable("sign") * Beta(f"b{place}", 0, None, None, int(place == 0)) for place in range(len(items))}
log_probability = models.loglogit(utility, {place: Variable(f"there_{place}") for place in utility}, Variable("picked"))
# Parameters of its own: writing its default file fails beside the newest tomlkit.
problem = BIOGEME(
    Database("answers", rows), log_probability, parameters=Parameters(), generate_html=False, generate_yaml=False
)
problem.model_name = "best_worst"
betas = problem.estimate().get_beta_values()
print(json.dumps({"utilities": {str(item): betas.get(f"b{place}", 0.0) for place, item in enumerate(items)}}))
