"""Choice probabilities, log-likelihoods and their derivatives, one module a model.

A grid of names: in each of `best`, `worst`, `marginal`, `sequential`, `maxdiff` and
`rank` stand

==================== ============================================================
`probabilities`      what may happen in a task, and how likely each of it is
`log_probabilities`  how likely what did happen is, task by task
`log_likelihood`     their weighted sum
`scores`             the gradient of each task's log probability
`gradient`           the gradient of the log-likelihood
`hessian`            its second derivatives
==================== ============================================================

All take utilities in logits and a `tasks.Tasks`; leading axes (respondents, draws) run side by side.
"""
