"""Multinomial logit with xlogit: best out of the task, then worst out of the rest with signs turned.

python xlogit_fit.py choices.csv  ->  one JSON object with the utilities, the first item at 0.
"""

import json
import sys

import numpy as np
import pandas as pd
from xlogit import MultinomialLogit

answers = pd.read_csv(sys.argv[1])
places = [column for column in answers.columns if column.startswith("item_")]
items = np.unique(answers[places])
shown = np.searchsorted(items, answers[places])
best, worst = np.searchsorted(items, answers["best"]), np.searchsorted(items, answers["worst"])
tasks, k = shown.shape
coded = np.eye(len(items))[:, 1:]
sets = np.concatenate([shown, shown])
design = coded[sets] * np.repeat([1.0, -1.0], tasks)[:, None, None]
available = np.ones(sets.shape)
available[tasks:][shown == best[:, None]] = 0
model = MultinomialLogit()
model.fit(
    X=design.reshape(-1, len(items) - 1),
    y=(sets == np.concatenate([best, worst])[:, None]).ravel().astype(int),
    varnames=list(items[1:]),
    alts=np.tile(np.arange(k), len(sets)),
    ids=np.repeat(np.arange(len(sets)), k),
    avail=available.ravel(),
    robust=True,
    num_hess=False,
    verbose=0,
)
print(json.dumps({"utilities": dict(zip(items, [0.0, *model.coeff_], strict=True))}))
