"""Hierarchical Bayes as one writes it down in NumPyro: NUTS, full covariance, best first and worst out of the rest.

python numpyro_hb.py choices.csv draws.csv draws  ->  the population means, one row a draw.
"""

import csv
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
from numpyro import distributions as law
from numpyro.infer import MCMC, NUTS

DRAWS = int(sys.argv[3])
CHAINS = 2
with Path(sys.argv[1]).open(encoding="utf-8", newline="") as table:
    rows = list(csv.DictReader(table))
places = [column for column in rows[0] if column.startswith("item_")]
items, shown = np.unique([[row[place] for place in places] for row in rows], return_inverse=True)
shown = shown.reshape(len(rows), len(places))
best = np.searchsorted(items, [row["best"] for row in rows])
worst = np.searchsorted(items, [row["worst"] for row in rows])
people, owner = np.unique([row["respondent"] for row in rows], return_inverse=True)
taken = jnp.asarray(shown == best[:, None])
best_place = jnp.asarray((shown == best[:, None]).argmax(axis=1))
worst_place = jnp.asarray((shown == worst[:, None]).argmax(axis=1))
free = len(items) - 1


def model():
    mean = numpyro.sample("mean", law.Normal(0, 5).expand([free]).to_event(1))
    spread = numpyro.sample("spread", law.HalfNormal(2.5).expand([free]).to_event(1))
    correlation = numpyro.sample("correlation", law.LKJCholesky(free, 2.0))
    with numpyro.plate("people", len(people)):
        deviation = numpyro.sample("deviation", law.Normal(0, 1).expand([free]).to_event(1))
    utilities = mean + deviation @ (spread[:, None] * correlation).T
    values = jnp.pad(utilities, ((0, 0), (1, 0)))[owner[:, None], shown]
    chosen = jnp.take_along_axis(jax.nn.log_softmax(values), best_place[:, None], axis=1)
    left = jax.nn.log_softmax(jnp.where(taken, -jnp.inf, -values))
    numpyro.factor("answers", chosen.sum() + jnp.take_along_axis(left, worst_place[:, None], axis=1).sum())


sampler = MCMC(
    NUTS(model),
    num_warmup=DRAWS // 2,
    num_samples=DRAWS,
    num_chains=CHAINS,
    chain_method="sequential",
    progress_bar=False,
)
sampler.run(jax.random.PRNGKey(1))
means = np.pad(np.asarray(sampler.get_samples()["mean"]), ((0, 0), (1, 0)))
means -= means.mean(axis=1, keepdims=True)
with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as table:
    writer = csv.writer(table)
    writer.writerow(["chain", *items])
    writer.writerows([draw // DRAWS, *row] for draw, row in enumerate(means))
