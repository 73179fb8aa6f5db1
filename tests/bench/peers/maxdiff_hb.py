"""Hierarchical Bayes with the package maxdiff, its own model and sampler: NUTS, one spread for all items.

python maxdiff_hb.py choices.csv draws.csv draws  ->  the population means, one row a draw.
"""

import sys

import numpy as np
import pandas as pd
from maxdiff import hb

DRAWS = int(sys.argv[3])
CHAINS = 2
kept = []


class Keeping(hb.MCMC):
    """The same sampler; what it drew is kept, since the package gives summaries only."""

    def get_samples(self, *arguments, **named):
        found = super().get_samples(*arguments, **named)
        kept.append(np.asarray(found["mu_full"]))
        return found


hb.MCMC = Keeping
answers = pd.read_csv(sys.argv[1]).rename(columns={"respondent": "Response ID", "best": "Most", "worst": "Least"})
places = [column for column in answers.columns if column.startswith("item_")]
model = hb.HierarchicalBayesMaxDiff(n_iterations=DRAWS, n_warmup=DRAWS // 2, n_chains=CHAINS)
model.fit(answers, places, "Most", "Least")
means = pd.DataFrame(np.concatenate(kept), columns=model.items)
means.insert(0, "chain", np.repeat(np.arange(CHAINS), DRAWS))
means.to_csv(sys.argv[2], index=False)
