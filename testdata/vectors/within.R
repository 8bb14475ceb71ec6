# Writes within.json: two groups compared at the same score before, within strata.
#   Rscript testdata/vectors/within.R
# HC3 by its formula, from R's own hat values and residuals.
set.seed(59)
make <- function(strata, n, decimals, lift) {
  rows <- NULL
  for (s in seq_len(strata)) for (g in 0:1) {
    k <- n[[(2 * (s - 1) + g) %% length(n) + 1]]
    if (k == 0) next
    pre <- round(runif(k, 5, 30) * 10^decimals)
    post <- round(pre + (s * 2 + lift * g + rnorm(k, 0, 1 + 2 * g + s)) * 10^decimals)
    rows <- rbind(rows, data.frame(s = s, g = g, pre = pre, post = post))
  }
  rows
}
number <- function(v) format(v, digits = 15)
case <- function(name, decimals, d) {
  cells <- function(s, g) {
    of <- d[d$s == s & d$g == g, ]
    if (nrow(of) == 0) return("[]")
    paste0("[ ", paste(sprintf("[ %d, %d, 1 ]", of$pre, of$post), collapse = ", "), " ]")
  }
  strata <- paste(sapply(unique(d$s), function(s) sprintf("[ %s, %s ]", cells(s, 0), cells(s, 1))), collapse = ",\n    ")
  scaled <- transform(d, pre = pre / 10^decimals, post = post / 10^decimals)
  m <- if (length(unique(d$s)) > 1) lm(post ~ pre + g + factor(s), scaled) else lm(post ~ pre + g, scaled)
  X <- model.matrix(m)
  inv <- solve(crossprod(X))
  w <- residuals(m)^2 / (1 - hatvalues(m))^2
  se <- sqrt((inv %*% crossprod(X * w, X) %*% inv)["g", "g"])
  b <- coef(m)[["g"]]
  half <- qt(.975, m$df.residual) * se
  sprintf('  {\n   "name": "%s",\n   "decimals": %d,\n   "strata": [ %s ],\n   "df_resid": %d,\n   "difference": %s,\n   "se_hc3": %s,\n   "low": %s,\n   "high": %s\n  }',
    name, decimals, strata, m$df.residual, number(b), number(se), number(b - half), number(b + half))
}
cases <- c(
  case("one stratum", 0, make(1, list(14, 11), 0, 3)),
  case("three strata of unlike size", 1, make(3, list(12, 5, 4, 9, 7, 6), 1, -2)),
  case("eight small strata", 2, make(8, list(3, 2, 4, 2), 2, 1)),
  case("one of one group alone", 0, make(3, list(9, 6, 8, 0, 5, 7), 0, 2))
)
writeLines(paste0('{\n "about": "Two groups of people measured twice, the second compared with the first at the same score before, within strata. Scores in levels; for each stratum two groups of cells of before, after, people.",\n',
  ' "source": "', R.version.string, ': lm(post ~ pre + group + factor(stratum)); HC3 from hatvalues() and residuals().",\n',
  ' "checked": "Written by testdata/vectors/within.R, 2026-11-22.",\n "unit": "score points",\n "tolerance": 1e-09,\n "cases": [\n', paste(cases, collapse = ",\n"), '\n ]\n}'),
  "testdata/vectors/within.json")
