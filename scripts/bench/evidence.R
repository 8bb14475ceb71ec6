# What `cairn evidence` is measured against: the same file and the same question
# as a careful analyst would put them with data.table. From a long CSV: who has a
# baseline and who was measured again, and for those the paired t test and the
# signed rank test, overall and for each scheme. It reads the columns it needs,
# joins by key, which is faster here than dcast, and uses every core.
#
#   Rscript evidence.R long.csv
suppressPackageStartupMessages(library(data.table))
setDTthreads(0L)

path <- commandArgs(trailingOnly = TRUE)[1]
baseline <- "pre"

test <- function(before, after) {
  paired <- !is.na(after)
  change <- as.numeric(after - before)[paired]
  t <- t.test(change)
  w <- suppressWarnings(wilcox.test(change)) # with ties R says so each time
  list(
    baseline = length(before), paired = length(change),
    mean_before = mean(before[paired]), mean_after = mean(after[paired]),
    mean = mean(change), sd = sd(change), median = median(change),
    t = t$statistic, df = t$parameter, p = t$p.value, lower = t$conf.int[1], upper = t$conf.int[2],
    v = w$statistic, p_signed_rank = w$p.value
  )
}

scores <- fread(path, select = c("person_id", "scheme", "measure", "timepoint", "score"), showProgress = FALSE)
later <- setdiff(unique(scores$timepoint), baseline)
setkey(scores, person_id, scheme)
for (name in unique(scores$measure)) {
  pairs <- scores[measure == name & timepoint == baseline, .(person_id, scheme, before = score)]
  for (point in later) {
    pairs[scores[measure == name & timepoint == point], after := i.score]
    cat("\n", name, ": ", baseline, " to ", point, "\n", sep = "")
    print(as.data.table(pairs[, test(before, after)]))
    print(pairs[, test(before, after), keyby = scheme], nrows = Inf)
    pairs[, after := NULL]
  }
}
