# Conditional logit with survival's clogit: sequential best-worst or maxdiff, errors clustered by respondent.
# Rscript clogit.R choices.csv sequential|maxdiff  ->  one JSON object with the utilities, the first item at 0.
suppressPackageStartupMessages(library(survival))
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1])
places <- grep("^item_", names(answers), value = TRUE)
items <- sort(unique(unlist(answers[places])))
shown <- sapply(answers[places], match, items)
best <- match(answers$best, items)
worst <- match(answers$worst, items)
tasks <- nrow(answers)
k <- length(places)
if (arguments[2] == "sequential") {
  task <- rep(seq_len(tasks), k)
  first <- data.frame(choice = task, task = task, up = c(shown), picked = c(shown) == best[task], sign = 1)
  second <- transform(first, choice = choice + tasks, picked = up == worst[task], sign = -1)
  rows <- rbind(first, second[second$up != best[second$task], ])
  design <- matrix(0, nrow(rows), length(items))
  design[cbind(seq_len(nrow(rows)), rows$up)] <- rows$sign
} else {
  pairs <- subset(expand.grid(up = seq_len(k), down = seq_len(k)), up != down)
  rows <- do.call(rbind, lapply(seq_len(nrow(pairs)), function(pair) {
    up <- shown[, pairs$up[pair]]
    down <- shown[, pairs$down[pair]]
    data.frame(choice = seq_len(tasks), task = seq_len(tasks), up = up, down = down, picked = up == best & down == worst)
  }))
  design <- matrix(0, nrow(rows), length(items))
  design[cbind(seq_len(nrow(rows)), rows$up)] <- 1
  design[cbind(seq_len(nrow(rows)), rows$down)] <- -1
}
rows$design <- design[, -1]
rows$person <- answers$respondent[rows$task]
fit <- clogit(picked ~ design + strata(choice) + cluster(person), data = rows, method = "breslow")
utilities <- c(0, unname(coef(fit)))
cat(sprintf('{"utilities": {%s}}\n', paste(sprintf('"%s": %.10f', items, utilities), collapse = ", ")))
