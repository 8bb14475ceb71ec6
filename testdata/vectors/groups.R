# Writes the vector files of comparisons between groups of different people, of
# who was lost, and of regression to the mean. From the top of the checkout:
#   Rscript testdata/vectors/groups.R [DIRECTORY OF THE ACCEPTANCE CASES]
# Needs jsonlite and car 3.1-1. Data are made up here, in plain sight; scores are
# whole levels, so that the tests can count them. With a directory,
# acceptance_groups.json is written too.
suppressPackageStartupMessages({library(jsonlite); library(car)})
options(warn = 1)
here <- "testdata/vectors"

none <- unbox(NA_real_)
num <- function(x) if (length(x) == 0 || is.na(x) || !is.finite(x)) none else unbox(as.numeric(x))
write_vectors <- function(name, about, source, unit, tolerance, cases) {
  file <- list(about = unbox(about), source = unbox(paste0(R.version.string, ": ", source)),
               checked = unbox("Written by testdata/vectors/groups.R, 2026-11-22."),
               unit = unbox(unit), tolerance = unbox(tolerance), cases = cases)
  text <- toJSON(file, digits = NA, na = "null", null = "null", pretty = 1)
  text <- gsub("(?<=[\\[\\],0-9])\\n\\s*(?=[-0-9\\[\\]])", " ", text, perl = TRUE) # arrays of numbers on one line
  writeLines(text, file.path(here, paste0(name, ".json")))
}
alike <- function(x) length(x) > 0 && all(x == x[1]) # by levels: sd() of 0.1, 0.1, 0.1 may not be 0
hedges <- function(m) sqrt(pi) / (beta((m - 1) / 2, 0.5) * sqrt(m / 2))
log10_t <- function(t, df) (log(2) + pt(-abs(t), df, log.p = TRUE)) / log(10)
set.seed(20261123)

# F ----------------------------------------------------------------------------
# R's pf loses its digits far out and at a million degrees of freedom (pf(52.112216,
# 29, 1e6, lower.tail=FALSE, log.p=TRUE) is 0). For even df1 the tail is a finite
# sum, q^b * sum over j < df1/2 of choose(b+j-1, j) * p^j, and pf is held against
# it; for odd df1 pf is taken where it is not far out, and at df1 = 1 held against pt.
log_f <- function(f, df1, df2) {
  if (df1 %% 2 == 1) return(pf(f, df1, df2, lower.tail = FALSE, log.p = TRUE))
  b <- df2 / 2; y <- f * df1 / df2; j <- seq_len(df1 / 2 - 1)
  logs <- c(0, cumsum(log((b + j - 1) / j * y / (1 + y))))
  -b * log1p(y) + max(logs) + log(sum(exp(logs - max(logs))))
}
tails <- list()
for (df1 in c(1, 2, 3, 4, 5, 12, 28, 29, 101, 998))
  for (df2 in c(1, 2, 3, 5, 18, 120, 999, 12345, 1e6, 1e7))
    for (log_p in c(-1e-6, -0.01, -0.3, log(0.5), -1, -3, -7, -20, -70, -300, -690, -2000)) {
      if (df1 %% 2 == 1 && (log_p < -30 || df2 > 1e6)) next
      f <- if (df1 %% 2 == 1) suppressWarnings(qf(log_p, df1, df2, lower.tail = FALSE, log.p = TRUE)) else
        tryCatch(exp(uniroot(function(x) log_f(exp(x), df1, df2) - log_p, c(-60, 300), tol = 1e-9)$root), error = function(e) Inf)
      if (!is.finite(f) || f > 1e150 || f < 1e-150) next
      f <- signif(f, 8); log_p2 <- log_f(f, df1, df2)
      if (df1 %% 2 == 0 && log_p2 > -1e-3) next # what the sum leaves of 1
      if (df1 == 1) stopifnot(abs(log_p2 - log(2) - pt(sqrt(f), df2, lower.tail = FALSE, log.p = TRUE)) < 1e-9 * max(1, abs(log_p2)))
      if (log_p > -30 && df2 < 1e5) stopifnot(abs(log_p2 - pf(f, df1, df2, lower.tail = FALSE, log.p = TRUE)) < 1e-10 * max(1, abs(log_p2)))
      tails[[length(tails) + 1]] <- list(f = unbox(f), df1 = unbox(df1), df2 = unbox(df2), p = unbox(exp(log_p2)), log10_p = unbox(log_p2 / log(10)))
    }
write_vectors("f_distribution", "Upper tails of F, far out.",
  "for even df1 the finite sum q^(df2/2) * sum(choose(df2/2+j-1, j) * p^j) in logarithms, compared with pf; for odd df1 pf(f, df1, df2, lower.tail=FALSE, log.p=TRUE) where it is not far out. p is 0 where it is below 1e-323.",
  "p is a probability; log10_p its common logarithm", 1e-11, tails)

# Two groups -------------------------------------------------------------------
groups <- list(
  list(name = "ten and twelve", decimals = 0, first = c(20, 31, 18, 25, 22, 27, 19, 24, 30, 21), second = c(23, 26, 17, 20, 15, 22, 29, 14, 16, 28, 13, 33)),
  list(name = "two and two", decimals = 0, first = c(10, 14), second = c(3, 4)),
  list(name = "two and three, tied", decimals = 0, first = c(10, 14), second = c(10, 14, 10)),
  list(name = "one and nine", decimals = 0, first = 19, second = c(18, 21, 7, 24, 20, 20, 22, 14, 21)),
  list(name = "nine and one", decimals = 1, first = c(18, 21, 7, 24, 20, 20, 22, 14, 21), second = 250),
  list(name = "one and one", decimals = 0, first = 3, second = 5),
  list(name = "nobody and five", decimals = 0, first = numeric(0), second = c(3, 5, 6, 7, 9)),
  list(name = "one group without spread", decimals = 0, first = c(5, 5, 5, 5), second = c(3, 5, 6, 7, 9)),
  list(name = "both without spread, apart", decimals = 1, first = c(5, 5, 5, 5), second = c(7, 7, 7)),
  list(name = "both without spread, together", decimals = 0, first = c(5, 5, 5, 5), second = c(5, 5, 5)),
  list(name = "two and five hundred", decimals = 0, first = c(12, 30), second = round(rnorm(500, 21, 5))),
  list(name = "forty-nine and forty-nine without ties", decimals = 1, first = 2 * sample(400, 49), second = 2 * sample(400, 49) + 41),
  list(name = "forty-nine and fifty without ties", decimals = 1, first = 2 * sample(400, 49), second = 2 * sample(400, 50) + 1),
  list(name = "five below six, without ties", decimals = 2, first = c(-530, -400, -333, -12, 2), second = c(3, 44, 57, 900, 1000, 1001)),
  list(name = "four decimals, far from zero", decimals = 4, first = 99990000 + round(rnorm(25, 0, 300)), second = 99990200 + round(rnorm(31, 0, 90))),
  list(name = "far out in the tail", decimals = 0, first = rep(c(10, 11, 12, 13), c(40, 30, 50, 20)), second = rep(c(16, 17, 18), c(90, 80, 100))),
  list(name = "heavily tied at the ceiling", decimals = 0, first = rep(c(30, 34, 35), c(1, 3, 60)), second = rep(c(31, 34, 35), c(4, 9, 70))),
  list(name = "the same twice", decimals = 0, first = c(1, 2, 3, 4), second = c(1, 2, 3, 4)))
t_of <- function(a, b, equal) {
  r <- t.test(a, b, var.equal = equal)
  list(se = num(r$stderr), df = num(r$parameter), t = num(r$statistic), p = num(exp(log(2) + pt(-abs(r$statistic), r$parameter, log.p = TRUE))),
       log10_p = num(log10_t(r$statistic, r$parameter)), ci_lo = num(r$conf.int[1]), ci_hi = num(r$conf.int[2]))
}
no_t <- list(se = none, df = none, t = none, p = none, log10_p = none, ci_lo = none, ci_hi = none)
two <- function(case) {
  a <- case$first / 10^case$decimals; b <- case$second / 10^case$decimals; n <- length(a); m <- length(b)
  enough <- n > 1 && m > 1; spread <- enough && !(alike(case$first) && alike(case$second))
  sp <- if (spread) sqrt(((n - 1) * var(a) + (m - 1) * var(b)) / (n + m - 2)) else if (enough) 0 else NA
  d <- if (n > 0 && m > 0) mean(a) - mean(b) else NA
  list(name = unbox(case$name), decimals = unbox(case$decimals), first = I(case$first), second = I(case$second),
       difference = num(d), pooled_sd = num(sp), smd_pooled = num(if (spread) d / sp else NA), smd_hedges = num(if (spread) d / sp * hedges(n + m - 2) else NA),
       welch = if (spread) t_of(a, b, FALSE) else no_t, student = if (spread) t_of(a, b, TRUE) else no_t)
}
write_vectors("two_samples", "Welch's and Student's t for two groups of different people, and their difference in pooled standard deviations. Scores in levels.",
  "t.test(first, second), also with var.equal=TRUE, p from log(2) + pt(-abs(t), df, log.p=TRUE); d/sqrt(((n1-1)var1+(n2-1)var2)/(n1+n2-2)), times sqrt(pi)/(beta((m-1)/2, 0.5)*sqrt(m/2)) with m = n1+n2-2. Null below 2 in a group or when both groups are without spread; a difference needs 1 in each.",
  "score points; t standard errors; p 0 to 1; smd pooled standard deviations", 1e-9, lapply(groups, two))

# The rank sum -------------------------------------------------------------------
ranks <- function(case) {
  a <- case$first; b <- case$second # levels tie where they must
  out <- list(name = unbox(case$name), decimals = unbox(case$decimals), first = I(a), second = I(b), w = none, p = none, method = unbox(""), ties = unbox(any(duplicated(c(a, b)))))
  if (length(a) == 0 || length(b) == 0) return(out)
  r <- suppressWarnings(wilcox.test(a, b))
  out$w <- num(r$statistic)
  if (!alike(c(a, b))) { out$p <- num(r$p.value); out$method <- unbox(r$method) }
  out
}
write_vectors("rank_sum", "Wilcoxon's rank-sum test of two groups of different people. Scores in levels.",
  "wilcox.test(first, second). p is null when everybody has the same score.", "W pairs of people; p 0 to 1", 1e-9, lapply(groups, ranks))

# Regression to the mean ---------------------------------------------------------
people <- list(
  list(name = "two people", decimals = 0, before = c(10, 14), after = c(13, 15)),
  list(name = "three people", decimals = 0, before = c(10, 14, 11), after = c(13, 15, 9)),
  list(name = "three people on one line", decimals = 0, before = c(10, 14, 16), after = c(12, 14, 15)),
  list(name = "a constant change", decimals = 1, before = c(10, 14, 16, 18), after = c(13, 17, 19, 21)),
  list(name = "changes about a fixed middle", decimals = 0, before = c(10, 12, 9, 14), after = c(10, 8, 11, 6)),
  list(name = "everybody began at one score", decimals = 0, before = c(5, 5, 5, 5, 5), after = c(3, 5, 6, 7, 9)),
  list(name = "everybody came to one score", decimals = 0, before = c(3, 5, 6, 7, 9), after = c(5, 5, 5, 5, 5)),
  list(name = "everybody the same throughout", decimals = 0, before = c(4, 4, 4), after = c(6, 6, 6)),
  list(name = "equal spreads", decimals = 0, before = c(1, 2, 3, 4, 5), after = c(2, 1, 3, 5, 4)),
  list(name = "lower is better, two decimals", decimals = 2, before = 1800 + round(rnorm(40, 0, 520)), after = 1500 + round(rnorm(40, 0, 310))),
  list(name = "four decimals, far from zero", decimals = 4, before = 99990000 + round(rnorm(25, 0, 300)), after = 99990200 + round(rnorm(25, 0, 300))),
  list(name = "far out in the tail", decimals = 0, before = rep(0:99, 3), after = 5000 + round(rep(0:99, 3) / 50)),
  list(name = "a year of a scheme", decimals = 0, before = (b <- pmin(pmax(round(rnorm(320, 20, 5)), 7), 35)), after = pmin(pmax(b + round(rnorm(320, 2, 4)), 7), 35)))
cells_of <- function(b, a) unname(as.matrix(aggregate(list(count = rep(1, length(b))), list(before = b, after = a), sum)))
regression <- function(case) {
  x <- case$before; y <- case$after; s <- 10^case$decimals; n <- length(x); popmean <- 21.5; rel <- 0.83
  line <- n > 2 && !alike(x) && !alike(y); r <- if (!alike(x) && !alike(y)) cor(x, y) else NA
  moved <- line && !alike(y - x); middle <- moved && !alike(x + y)
  o <- if (middle) cor((x + y) / 2, y - x) else NA; bent <- middle && abs(o) < 1 - 1e-12
  if (middle && !bent) o <- sign(o)
  tt <- if (bent) o * sqrt((n - 2) / (1 - o^2)) else NA
  list(name = unbox(case$name), decimals = unbox(case$decimals), cells = cells_of(x, y), population_mean = unbox(popmean), reliability = unbox(rel),
    expected_change_rho = num((1 - rel) * (popmean - mean(x / s))), net_change_rho = num(mean((y - x) / s) - (1 - rel) * (popmean - mean(x / s))),
    expected_change_sample_r = num(if (is.na(r)) NA else if (n == 2) (1 - sign(r)) * (popmean - mean(x / s)) else (1 - r) * (popmean - mean(x / s))),
    slope_post_on_pre = num(if (line) coef(lm(y ~ x))[2] else NA), r_baseline_change = num(if (moved) cor(x, y - x) else NA),
    oldham_r = num(o), oldham_p = num(if (bent) 2 * pt(-abs(tt), n - 2) else NA))
}
cutoffs <- list()
for (z in c(-40, -9, -1, -0.2, 0, 0.375, 1.5, 4, 4.999, 5.001, 8, 20, 37, 60, 1000))
  for (side in c("above", "below")) {
    sd <- 4; mean <- 23.5; cut <- if (side == "above") mean + z * sd else mean - z * sd
    z <- if (side == "above") (cut - mean) / sd else (mean - cut) / sd # as rounded
    C <- if (z < 30) dnorm(z) / pnorm(z, lower.tail = FALSE) else z / (1 - 1/z^2 + 3/z^4 - 15/z^6 + 105/z^8 - 945/z^10 + 10395/z^12 - 135135/z^14)
    if (z > -30) stopifnot(abs(C / exp(dnorm(z, log = TRUE) - pnorm(z, lower.tail = FALSE, log.p = TRUE)) - 1) < 1e-9)
    cutoffs[[length(cutoffs) + 1]] <- list(cutoff = unbox(cut), side = unbox(side), population_mean = unbox(mean), population_sd = unbox(sd), reliability = unbox(0.85),
      z = unbox(z), C_z = unbox(C), rtm_effect_magnitude = unbox(sd * (1 - 0.85) * C), expected_change = unbox((if (side == "above") -1 else 1) * sd * (1 - 0.85) * C))
  }
write_vectors("regression_to_mean", "What people would have come back towards the mean without any effect, Oldham's correlation, and entry by a cut-off. Scores in levels; cells are before, after, people.",
  "(1-rel)*(pop_mean-mean(before)), also with cor(before, after); coef(lm(after ~ before)); cor(before, after-before); cor((before+after)/2, after-before) with 2*pt(-abs(r*sqrt((n-2)/(1-r^2))), n-2); dnorm(z)/pnorm(z, lower.tail=FALSE), from z = 30 on by its asymptotic series. Correlations need 3 people and both spreads above 0; p is null on one line.",
  "score points; correlations -1 to 1; p 0 to 1; z and C population standard deviations", 1e-9, list(people = lapply(people, regression), cutoffs = cutoffs))

# Completion by group --------------------------------------------------------------
# Fisher's p by listing every table; fisher.test is compared where it runs.
fisher <- function(completed, lost) {
  n <- completed + lost; C <- sum(completed)
  if (length(n) == 2) { n <- c(n, 0); completed <- c(completed, 0) }
  logs <- function(a, b) lchoose(n[1], a) + lchoose(n[2], b) + lchoose(n[3], C - a - b) - lchoose(sum(n), C)
  seen <- logs(completed[1], completed[2])
  t <- outer(0:n[1], 0:n[2], logs)
  sum(exp(t[is.finite(t) & t <= seen + 1e-7]))
}
completions <- list(
  list(name = "three schemes", completed = c(6, 9, 6), lost = c(2, 1, 1)),
  list(name = "tea", completed = c(3, 1), lost = c(1, 3)),
  list(name = "two groups, both ends equally likely", completed = c(2, 8), lost = c(8, 2)),
  list(name = "one person a group", completed = c(1, 0), lost = c(0, 1)),
  list(name = "one person a group, three groups", completed = c(1, 0, 1), lost = c(0, 1, 0)),
  list(name = "one group wholly lost", completed = c(40, 0, 31), lost = c(12, 17, 9)),
  list(name = "two and five hundred", completed = c(0, 471), lost = c(2, 29)),
  list(name = "three groups, one tiny", completed = c(1, 140, 190), lost = c(3, 60, 43)),
  list(name = "two, far apart", completed = c(700, 120), lost = c(60, 800)),
  list(name = "three, far apart", completed = c(300, 20, 150), lost = c(10, 280, 160)),
  list(name = "three of several hundred", completed = c(640, 410, 522), lost = c(160, 111, 170)),
  list(name = "nearly nobody lost", completed = c(2000, 1500, 900), lost = c(1, 0, 3)),
  list(name = "a group of nobody", completed = c(6, 0, 9), lost = c(2, 0, 1)),
  list(name = "four groups", completed = c(6, 9, 6, 30), lost = c(2, 1, 1, 9)),
  list(name = "thirty groups", completed = rep(c(5, 9, 14, 1, 60), 6), lost = rep(c(2, 0, 7, 1, 11), 6) + rep(0:5, each = 5)),
  list(name = "a million people", completed = c(412345, 298765), lost = c(120111, 90222)),
  list(name = "one group", completed = 6, lost = 2),
  list(name = "nobody lost", completed = c(6, 7), lost = c(0, 0)),
  list(name = "nobody measured again", completed = c(0, 0), lost = c(6, 7)))
completion <- function(case) {
  some <- case$completed + case$lost > 0; a <- case$completed[some]; b <- case$lost[some]
  out <- list(name = unbox(case$name), completed = I(case$completed), lost = I(case$lost), chisq = none, df = none, p = none, min_expected = none, fisher_p = none)
  if (length(a) < 2 || sum(a) == 0 || sum(b) == 0) return(out)
  r <- suppressWarnings(chisq.test(cbind(a, b), correct = FALSE))
  out$chisq <- num(r$statistic); out$df <- num(r$parameter); out$p <- num(r$p.value); out$min_expected <- num(min(r$expected))
  if (length(a) > 3) return(out)
  if (sum(a + b) > 1e5) { out$fisher_p <- num(fisher.test(cbind(a, b))$p.value); return(out) }
  out$fisher_p <- num(fisher(a, b))
  f <- fisher.test(cbind(a, b), workspace = 2e7)$p.value
  stopifnot(abs(f / out$fisher_p - 1) < 1e-6 || f < 1e-12)
  out
}
write_vectors("contingency", "Who was measured again, by group: Pearson's chi-square without correction, and Fisher's exact test.",
  "chisq.test(cbind(completed, lost), correct=FALSE); Fisher's p by adding up choose() over all tables, compared with fisher.test.", "p 0 to 1; min_expected people", 1e-9, lapply(completions, completion))

# Groups compared -------------------------------------------------------------------
# lm(post ~ pre + group) about rounded means, so that lm itself loses no digits far
# from zero. Who decides their own fitted score (the only one of their group, or the
# only one of all whose score before differs from their group's) is told by hand in
# `alone`: hccm stops there, and HC3 is not estimable.
arm <- function(n, mean, sd, slope, height, noise, low = 7, high = 35) {
  b <- pmin(pmax(round(rnorm(n, mean, sd)), low), high)
  list(before = b, after = pmin(pmax(round(height + slope * b + rnorm(n, 0, noise)), low), high))
}
g <- function(before, after) list(before = before, after = after)
compared <- list(
  list(name = "two of twenty", decimals = 0, groups = list(arm(20, 20, 5, 0.7, 7, 3), arm(20, 18, 4, 0.7, 10, 3))),
  list(name = "two and two", decimals = 0, groups = list(g(c(10, 14), c(12, 15)), g(c(11, 18), c(16, 21)))),
  list(name = "two and three", decimals = 0, groups = list(g(c(10, 14), c(12, 15)), g(c(11, 18, 12), c(16, 21, 20)))),
  list(name = "two and five hundred", decimals = 0, groups = list(g(c(12, 30), c(22, 28)), arm(500, 20, 5, 0.6, 9, 4))),
  list(name = "five hundred and two", decimals = 0, groups = list(arm(500, 20, 5, 0.6, 9, 4), g(c(12, 30), c(22, 28)))),
  list(name = "slopes apart", decimals = 0, groups = list(arm(40, 20, 5, 0.1, 20, 2), arm(50, 20, 5, 1, 2, 2), arm(12, 22, 4, 0.5, 12, 2))),
  list(name = "one person beside others", decimals = 0, groups = list(arm(9, 20, 5, 0.7, 7, 3), g(17, 25), arm(7, 22, 5, 0.7, 9, 3)), alone = 2),
  list(name = "the reference is one person", decimals = 0, groups = list(g(17, 25), arm(9, 20, 5, 0.7, 7, 3), arm(7, 22, 5, 0.7, 9, 3)), alone = 1),
  list(name = "a group that began at one score", decimals = 0, groups = list(arm(9, 20, 5, 0.7, 7, 3), g(c(15, 15, 15), c(17, 21, 14)), arm(7, 22, 5, 0.7, 9, 3))),
  list(name = "only one group's scores before differ", decimals = 0, groups = list(g(c(15, 15, 15), c(17, 21, 14)), arm(9, 20, 5, 0.7, 7, 3))),
  list(name = "one person's score before differs", decimals = 0, groups = list(g(c(3, 3, 3, 3, 7), c(4, 6, 3, 9, 8)), g(c(5, 5, 5), c(7, 9, 8)), g(c(4, 4), c(9, 6))), alone = c(1, 2, 3)),
  list(name = "everybody began at one score", decimals = 0, groups = list(g(c(5, 5, 5, 5), c(4, 6, 3, 9)), g(c(5, 5, 5), c(7, 9, 8)), g(5, 8)), alone = 3),
  list(name = "the score before is the group", decimals = 0, groups = list(g(c(5, 5, 5, 5), c(4, 6, 3, 9)), g(c(8, 8, 8), c(7, 9, 8)))),
  list(name = "the score before is the group, three groups", decimals = 0, groups = list(g(c(5, 5, 5, 5), c(4, 6, 3, 9)), g(c(8, 8, 8), c(7, 9, 8)), g(c(9, 9), c(2, 5)))),
  list(name = "a perfect fit", decimals = 0, groups = list(g(c(5, 7, 12), c(4, 5, 7.5) * 2), g(c(8, 9, 3), c(7, 7.5, 4.5) * 2)), perfect = TRUE),
  list(name = "everybody up by three", decimals = 1, groups = list(g(c(5, 7, 12), c(8, 10, 15)), g(c(8, 9, 3), c(11, 12, 6))), perfect = TRUE),
  list(name = "everybody came to one score", decimals = 0, groups = list(g(c(5, 7, 12), c(9, 9, 9)), g(c(8, 9, 3), c(9, 9, 9))), perfect = TRUE),
  list(name = "too few people", decimals = 0, groups = list(g(c(5, 7), c(9, 10)), g(8, 9))),
  list(name = "one person a group", decimals = 0, groups = list(g(5, 9), g(8, 9), g(4, 2))),
  list(name = "one group", decimals = 0, groups = list(arm(9, 20, 5, 0.7, 7, 3))),
  list(name = "a group of nobody", decimals = 0, groups = list(arm(9, 20, 5, 0.7, 7, 3), g(numeric(0), numeric(0)), arm(7, 22, 5, 0.7, 9, 3))),
  list(name = "four decimals, far from zero", decimals = 4, groups = list(
    g(99990000 + round(rnorm(25, 0, 300)), 99990200 + round(rnorm(25, 0, 300))), g(99990100 + round(rnorm(31, 0, 300)), 99989900 + round(rnorm(31, 0, 300))))),
  list(name = "lower is better, one decimal", decimals = 1, groups = list(arm(15, 180, 40, 0.6, 30, 25, 0, 270), arm(22, 150, 40, 0.6, 50, 25, 0, 270), arm(3, 190, 40, 0.6, 40, 25, 0, 270))),
  list(name = "a point apart", decimals = 0, groups = list(g(c(5, 5, 6, 6), c(7, 9, 8, 12)), g(c(5, 5), c(6, 9)))),
  list(name = "below zero", decimals = 0, groups = list(arm(8, -3, 5, 0.5, 1, 2, -10, 10), arm(11, 2, 5, 0.5, -2, 2, -10, 10))),
  list(name = "one fits exactly, the other does not", decimals = 0, groups = list(g(c(5, 5, 5, 5), c(9, 9, 9, 9)), arm(12, 6, 2, 0.7, 2, 2, 0, 20), g(c(7, 7), c(3, 3)))),
  list(name = "far out in the tail", decimals = 0, groups = list(arm(400, 20, 5, 0.7, 2, 1, 0, 60), arm(600, 20, 5, 0.7, 22, 1, 0, 60))),
  list(name = "thirty schemes", decimals = 0, groups = lapply(1:30, function(i) arm(2 + (i * 7) %% 23, 18 + i %% 5, 5, 0.7, 6 + i %% 3, 3))))
# hccm stops where the whole matrix is singular (a group whose people fit exactly),
# though the contrasts are not; where it runs the two are compared.
hc3 <- function(m) {
  V <- summary(m)$cov.unscaled; X <- model.matrix(m); r <- residuals(m) / (1 - hatvalues(m))
  V <- V %*% crossprod(X * r) %*% V
  h <- tryCatch(hccm(m, type = "hc3"), error = function(e) V)
  stopifnot(max(abs(h - V)) < 1e-9 * max(abs(V)))
  sqrt(diag(V))
}
compare <- function(case) {
  s <- 10^case$decimals; k <- length(case$groups); n <- sapply(case$groups, function(g) length(g$before)); some <- n > 0
  pre <- unlist(lapply(case$groups, `[[`, "before")); post <- unlist(lapply(case$groups, `[[`, "after"))
  group <- factor(rep(seq_len(k), n), levels = which(some)); perfect <- isTRUE(case$perfect); alone <- case$alone
  x0 <- round(mean(pre)); y0 <- round(mean(post)); x <- (pre - x0) / s; y <- (post - y0) / s
  each <- function(v) { out <- rep(NA, k); out[some] <- v; I(lapply(out, num)) }
  out <- list(name = unbox(case$name), groups = lapply(case$groups, function(g) if (length(g$before)) cells_of(g$before, g$after) else list()), decimals = unbox(case$decimals),
    df_resid = none, sigma = none, r_squared = none, intercept = none, slope_pre = none, slope_pre_se = none, covariate_centre = none,
    adjusted_means = each(rep(NA, sum(some))), adjusted_mean_se = each(rep(NA, sum(some))),
    omnibus = list(F = none, df1 = none, df2 = none, p = none), interaction = list(F = none, df1 = none, df2 = none, p = none))
  no <- list(adjusted_diff = none, se = none, t = none, p = none, ci_lo = none, ci_hi = none, se_hc3 = none, p_hc3 = none)
  contrasts <- rep(list(no), k - 1)
  spread <- sapply(case$groups, function(g) length(unique(g$before)) > 1)
  if (sum(some) >= 2 && sum(n) >= sum(some) + 2) {
    m <- lm(y ~ x + group); m0 <- lm(y ~ x); slope <- any(spread); flat <- alike(pre); m2 <- lm(y ~ x * group)
    if (flat) { m <- lm(y ~ group); m0 <- lm(y ~ 1) }
    rss <- if (perfect) 0 else sum(residuals(m)^2); df <- df.residual(m); sm <- suppressWarnings(summary(m)); sigma <- sqrt(rss / df)
    out$df_resid <- num(df); out$sigma <- num(sigma); out$covariate_centre <- num(mean(pre) / s)
    out$r_squared <- num(if (alike(post)) NA else 1 - rss / sum((y - mean(y))^2))
    f <- function(a, b, ok) { t <- suppressWarnings(anova(a, b)); df1 <- df.residual(a) - df.residual(b)
      if (!ok || perfect || df1 < 1 || df.residual(b) < 1) return(list(F = none, df1 = num(df1), df2 = num(df.residual(b)), p = none))
      list(F = num(t$F[2]), df1 = num(df1), df2 = num(df.residual(b)), p = num(exp(log_f(t$F[2], df1, df.residual(b))))) }
    out$omnibus <- f(m0, m, TRUE); out$interaction <- f(m, m2, slope)
    if (slope) { b <- coef(m)["x"]; out$slope_pre <- num(b); out$slope_pre_se <- num(if (perfect) 0 else sm$coefficients["x", 2]) }
    if (slope || flat) {
      b <- if (slope) coef(m)["x"] else 0
      out$intercept <- num(if (some[1]) coef(m)[1] + y0 / s - b * x0 / s else NA)
      p <- suppressWarnings(predict(m, data.frame(x = mean(x), group = levels(group)), se.fit = TRUE))
      out$adjusted_means <- each(p$fit + y0 / s); out$adjusted_mean_se <- each(if (perfect) 0 * p$fit else p$se.fit)
      rob <- if (!perfect && !length(alone)) hc3(m)
      if (some[1]) for (i in 2:k) if (some[i]) {
        name <- paste0("group", i); d <- coef(m)[name]; se <- if (perfect) 0 else sm$coefficients[name, 2]; q <- qt(.975, df)
        h <- if (length(alone)) NA else if (perfect) 0 else if (is.null(rob)) NA else rob[name]
        contrasts[[i - 1]] <- list(adjusted_diff = num(d), se = num(se), t = num(if (perfect) NA else d / se), p = num(if (perfect) NA else 2 * pt(-abs(d / se), df)),
          ci_lo = num(if (perfect) NA else d - q * se), ci_hi = num(if (perfect) NA else d + q * se), se_hc3 = num(h), p_hc3 = num(if (perfect || is.na(h)) NA else 2 * pt(-abs(d / h), df)))
      }
    }
  }
  out$contrasts <- contrasts
  out$unadjusted <- lapply(seq_len(k)[-1], function(i) {
    a <- case$groups[[i]]; r <- case$groups[[1]]; lv <- function(g) g$after - g$before
    if (n[i] == 0 || n[1] == 0) return(list(diff_in_mean_change = none, baseline_diff = none, welch_t = none, welch_df = none, welch_p = none, welch_ci_lo = none, welch_ci_hi = none, student_p = none, morris_dppc2 = none, baseline_smd_pooled = none))
    d <- (mean(lv(a)) - mean(lv(r))) / s; b <- (mean(a$before) - mean(r$before)) / s; enough <- n[i] > 1 && n[1] > 1; df <- n[i] + n[1] - 2
    tests <- enough && !(alike(lv(a)) && alike(lv(r))); based <- enough && !(alike(a$before) && alike(r$before))
    sp <- if (based) sqrt(((n[i] - 1) * var(a$before) + (n[1] - 1) * var(r$before)) / df) / s else NA
    w <- if (tests) t_of(lv(a) / s, lv(r) / s, FALSE) else no_t
    list(diff_in_mean_change = num(d), baseline_diff = num(b), welch_t = w$t, welch_df = w$df, welch_p = w$p, welch_ci_lo = w$ci_lo, welch_ci_hi = w$ci_hi, student_p = num(if (tests) t.test(lv(a), lv(r), var.equal = TRUE)$p.value else NA),
      morris_dppc2 = num((1 - 3 / (4 * df - 1)) * d / sp), baseline_smd_pooled = num(b / sp))
  })
  out
}
write_vectors("ancova", "Groups of people measured twice, each compared with the first. Scores in levels; for each group cells of before, after, people.",
  "lm(post ~ pre + group), predict() at mean(pre), anova() against lm(post ~ pre) and lm(post ~ pre * group), car::hccm(type = 'hc3') or its formula where it stops; t.test() of the changes; CONVENTIONS C10 and C17 for the rest. At a perfect fit tests are null. Where somebody decides their own fitted score HC3 is null.",
  "score points; t standard errors; p and r_squared 0 to 1; morris and smd pooled standard deviations before", 1e-9, lapply(compared, compare))

# The acceptance cases ------------------------------------------------------------
ours <- function(x) rapply(x, function(v) if (is.null(v)) none else unbox(v), how = "replace")
acceptance <- function(dir, case) {
  want <- fromJSON(file.path(dir, case, "expected.json"), simplifyVector = FALSE)$results[[1]]
  wide <- read.csv(file.path(dir, case, "wide.csv")); names(wide)[ncol(wide) - 1:0] <- c("before", "after")
  decimals <- if (all(wide$before %% 1 == 0, na.rm = TRUE)) 0 else 1
  level <- function(x) round(x * 10^decimals)
  paired <- !is.na(wide$before) & !is.na(wide$after); lost <- !is.na(wide$before) & is.na(wide$after)
  cells <- function(rows) unname(cbind(level(wide$before[rows]), level(wide$after[rows]), 1))
  one <- function(name, rows, want) list(name = unbox(paste(case, name)), cells = cells(rows & paired), lost = I(level(wide$before[rows & lost])),
    attrition = ours(want$attrition[setdiff(names(want$attrition), c("lost", "completers"))]), regression_to_mean = ours(want$regression_to_mean))
  people <- c(list(one("overall", TRUE, want$overall)), lapply(names(want$by_scheme), function(s) one(s, wide$scheme == s, want$by_scheme[[s]])))
  compare <- lapply(grep("^compare_", names(want), value = TRUE), function(key) {
    w <- want[[key]]; a <- w$ancova; by <- wide[[sub("compare_", "", key)]]
    a$adjusted_means <- unname(a$adjusted_means); a$adjusted_mean_se <- unname(a$adjusted_mean_se); a$contrasts <- unname(a$contrasts)
    list(name = unbox(paste(case, key)), groups = lapply(w$levels, function(l) cells(by == l & paired)), ancova = ours(a), unadjusted = ours(unname(w$unadjusted)))
  })
  list(name = unbox(case), decimals = unbox(decimals),
       people = people, compare = compare, completion = if (is.null(want$completion_by_scheme)) NULL else {
         w <- want$completion_by_scheme; list(completed = I(unlist(w$completed)), lost = I(unlist(w$lost)), chisq = unbox(w$chisq_nocc), df = unbox(w$df), p = unbox(w$p), min_expected = unbox(w$min_expected), fisher_p = unbox(w$fisher_p)) })
}
dir <- commandArgs(TRUE)
if (length(dir) == 1)
  write_vectors("acceptance_groups", "The two acceptance cases: who was lost, regression to the mean, and groups compared. Scores in levels; cells are before, after, people; lost are the scores before of those without a score after; groups begin with the reference.",
    "expected.json of the cases madeup (made up by hand for the set) and sleep (datasets::sleep, Cushny & Peebles 1905), R 4.2.2 with car.",
    "as the keys of CONVENTIONS C10 to C12 and C17", 1e-9, list(acceptance(dir, "madeup"), acceptance(dir, "sleep")))
