# Hierarchical multinomial logit with bayesm's rhierMnlRwMixture, one normal component with a full covariance.
# bayesm wants as many alternatives in every choice, so the worst is a choice out of all items shown.
# Rscript bayesm_hb.R choices.csv draws.csv draws  ->  the population means, one row a draw.
suppressPackageStartupMessages(library(bayesm))
arguments <- commandArgs(trailingOnly = TRUE)
set.seed(1)
answers <- read.csv(arguments[1])
places <- grep("^item_", names(answers), value = TRUE)
items <- sort(unique(unlist(answers[places])))
coded <- rbind(0, diag(length(items) - 1))
person <- function(rows) {
  shown <- t(apply(rows[places], 1, match, items))
  picked <- rbind(max.col(rows[places] == rows$best), max.col(rows[places] == rows$worst))
  blocks <- lapply(seq_len(nrow(rows)), function(row) rbind(coded[shown[row, ], ], -coded[shown[row, ], ]))
  list(y = c(picked), X = do.call(rbind, blocks))
}
data <- list(p = length(places), lgtdata = unname(lapply(split(answers, answers$respondent), person)))
sink(tempfile())
found <- rhierMnlRwMixture(
  Data = data, Prior = list(ncomp = 1), Mcmc = list(R = as.integer(arguments[3]), keep = 1, nprint = 0)
)
sink()
means <- t(sapply(found$nmix$compdraw, function(draw) c(0, draw[[1]]$mu)))
means <- means[-seq_len(nrow(means) %/% 5), ]  # the first fifth is warm-up
colnames(means) <- items
write.csv(data.frame(chain = 1, means - rowMeans(means), check.names = FALSE), arguments[2], row.names = FALSE)
