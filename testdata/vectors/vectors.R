# Writes the vector files that come from R. From the top of the checkout:
#   Rscript testdata/vectors/vectors.R [DIRECTORY OF THE ACCEPTANCE CASES]
# Needs jsonlite, metafor 3.8-1 and coin. Data are made up here, in plain sight;
# scores are whole levels, so that the tests can count them. With a directory,
# acceptance.json is written too. morris2008.json is by hand.
suppressPackageStartupMessages({library(jsonlite); library(metafor); library(coin)})
options(warn = 1)
here <- "testdata/vectors"

none <- unbox(NA_real_)
num <- function(x) if (length(x) == 0 || is.na(x) || !is.finite(x)) none else unbox(x)
write_vectors <- function(name, about, source, unit, tolerance, cases) {
  file <- list(about = unbox(about), source = unbox(paste0(R.version.string, ": ", source)),
               checked = unbox("Written by testdata/vectors/vectors.R, 2026-11-22."),
               unit = unbox(unit), tolerance = unbox(tolerance), cases = cases)
  text <- toJSON(file, digits = NA, na = "null", null = "null", pretty = 1)
  text <- gsub("(?<=[\\[\\],0-9])\\n\\s*(?=[-0-9\\[\\]])", " ", text, perl = TRUE) # arrays of numbers on one line
  writeLines(text, file.path(here, paste0(name, ".json")))
}

# Student's t: tails and quantiles ------------------------------------------
tails <- list()
for (df in c(1, 2, 3, 5, 9, 20, 49, 100, 999, 12345, 1e6, 1e7))
  for (t in c(0, 1e-6, 0.3, 1, 1.7, 2.5, 5, 12, 37, 80, 300, 5000)) {
    log_p <- log(2) + pt(t, df, lower.tail = FALSE, log.p = TRUE)
    tails[[length(tails) + 1]] <- list(t = unbox(t), df = unbox(df), p = unbox(exp(log_p)), log10_p = unbox(log_p / log(10)))
  }
quantiles <- lapply(c(1:12, 20, 30, 49, 99, 1000, 1e5, 1e7), function(df) list(df = unbox(df), q975 = unbox(qt(0.975, df))))
write_vectors("student_t", "Two-sided tails of Student's t, far out, and its 0.975 quantile.",
  "log(2) + pt(t, df, lower.tail=FALSE, log.p=TRUE); qt(0.975, df). p is 0 where it is below 1e-323.",
  "p is a probability; log10_p its common logarithm; q975 standard errors", 1e-9,
  list(tails = tails, quantiles = quantiles))

# Non-central t: the exact interval of d_z ------------------------------------
# pt(t, df, ncp) switches to an approximation from ncp = 37.62 on, so the
# probability is integrated over the chi distribution; where pt is exact the two
# are compared here.
nct <- function(t, df, ncp) {
  f <- function(s) pnorm(t * s - ncp) * exp(log(2 * df * s) + dchisq(df * s^2, df, log = TRUE))
  cuts <- sort(unique(pmax(0, c(0, 1 + c(-12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 12) / sqrt(2 * df),
                               if (t != 0) ncp / t + c(-8, -4, -2, 0, 2, 4, 8) / abs(t)))))
  sum(mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-13, abs.tol = 1e-16, subdivisions = 2000)$value, head(cuts, -1), tail(cuts, -1)))
}
limit <- function(t, n, p) {
  r <- uniroot(function(x) nct(t, n - 1, x) - p, c(-5 * abs(t) - 10, 5 * abs(t) + 10), tol = 1e-13)$root
  if (abs(r) < 35) stopifnot(abs(pt(t, n - 1, r) - p) < 1e-8)
  r / sqrt(n)
}
cases <- list()
for (n in c(2, 3, 4, 7, 10, 21, 60, 400, 10000))
  for (t in c(-12, -2, -0.4, 0.01, 1, 2.2, 4.5, 11, 29.9))
    cases[[length(cases) + 1]] <- list(n = unbox(n), t = unbox(t), lo = unbox(limit(t, n, 0.975)), hi = unbox(limit(t, n, 0.025)))
write_vectors("noncentral_t", "Exact 95% intervals of d_z, given n and t.",
  "uniroot over ncp of the integral over s of pnorm(t*s - ncp) times the density of sqrt(chi2(df)/df), compared with pt(t, df, ncp) below ncp 35; divided by sqrt(n).",
  "standard deviations of the change", 1e-6, cases)

# Hedges' correction ---------------------------------------------------------
cases <- lapply(c(3, 4, 5, 8, 10, 12, 13, 21, 40, 41, 42, 100, 345, 1000, 1e5, 1e7), function(n) {
  m <- n - 1
  list(n = unbox(n), exact = unbox(sqrt(pi) / (beta((m - 1) / 2, 0.5) * sqrt(m / 2))), approx = unbox(1 - 3 / (4 * m - 1)))
})
write_vectors("hedges", "Small-sample corrections by number of people.",
  "sqrt(pi)/(beta((m-1)/2, 0.5)*sqrt(m/2)) = gamma(m/2)/(sqrt(m/2)*gamma((m-1)/2)); 1-3/(4m-1); m = n-1.",
  "a factor", 1e-12, cases)

# Wilson ---------------------------------------------------------------------
xn <- rbind(c(0, 1), c(1, 1), c(0, 10), c(10, 10), c(1, 10), c(3, 10), c(5, 10), c(21, 25), c(6, 21), c(63, 64), c(999, 1000), c(1, 1e7), c(4123456, 1e7))
cases <- lapply(seq_len(nrow(xn)), function(i) {
  ci <- suppressWarnings(prop.test(xn[i, 1], xn[i, 2], correct = FALSE)$conf.int)
  list(x = unbox(xn[i, 1]), n = unbox(xn[i, 2]), lo = unbox(if (xn[i, 1] == 0) 0 else ci[1]), hi = unbox(if (xn[i, 1] == xn[i, 2]) 1 else ci[2]))
})
write_vectors("wilson", "Score intervals of a proportion.",
  "prop.test(x, n, correct=FALSE)$conf.int, its outer end set to exactly 0 or 1 at x = 0 or n.", "0 to 1", 1e-9, cases)

# Made-up data for everything that starts from scores -------------------------
set.seed(20261122)
rep2 <- function(...) { m <- rbind(...); list(before = rep(m[, 1], m[, 3]), after = rep(m[, 2], m[, 3])) }
smooth <- function(n, shift, sd) { b <- pmin(pmax(round(rnorm(n, 20, 5)), 7), 35); list(before = b, after = pmin(pmax(b + round(rnorm(n, shift, sd)), 7), 35)) }
data <- list(
  list(name = "two people", decimals = 0, x = list(before = c(10, 14), after = c(13, 15))),
  list(name = "three people", decimals = 0, x = list(before = c(10, 14, 11), after = c(13, 15, 9))),
  list(name = "four people, one decimal", decimals = 1, x = list(before = c(7, -16, -2, 34), after = c(19, 8, 11, 44))),
  list(name = "twelve without ties or zeros", decimals = 0, x = list(before = c(20, 31, 18, 25, 22, 27, 19, 24, 30, 21, 23, 26), after = c(21, 29, 21, 29, 17, 33, 26, 32, 39, 11, 34, 38))),
  list(name = "no ties and one zero", decimals = 0, x = list(before = c(20, 31, 18, 25, 22, 27, 19), after = c(20, 32, 16, 28, 26, 22, 25))),
  list(name = "fifty-two without ties or zeros", decimals = 0, x = list(before = rep(200, 52), after = 200 + (1:52) * c(1, 1, -1, 1))),
  list(name = "everybody began at one score", decimals = 0, x = list(before = c(5, 5, 5, 5, 5), after = c(3, 5, 6, 7, 9))),
  list(name = "everybody came to one score", decimals = 0, x = list(before = c(3, 5, 6, 7, 9), after = c(5, 5, 5, 5, 5))),
  list(name = "everybody up by two", decimals = 0, x = list(before = c(3, 5, 6, 7), after = c(5, 7, 8, 9))),
  list(name = "nobody changed", decimals = 0, x = list(before = c(3, 5, 6, 7), after = c(3, 5, 6, 7))),
  list(name = "everyone the same throughout", decimals = 0, x = list(before = c(4, 4, 4), after = c(6, 6, 6))),
  list(name = "ups balance downs", decimals = 0, x = list(before = c(10, 10, 12, 12, 15), after = c(12, 8, 13, 11, 15))),
  list(name = "got worse", decimals = 0, x = smooth(40, -2, 3)),
  list(name = "sixty people", decimals = 0, x = smooth(60, 1, 4)),
  list(name = "a year of a scheme", decimals = 0, x = smooth(320, 2, 4)),
  list(name = "four decimals, far from zero", decimals = 4, x = list(before = 99990000 + round(rnorm(25, 0, 300)), after = 99990200 + round(rnorm(25, 0, 300)))),
  list(name = "far out in the tail", decimals = 0, x = rep2(c(10, 15, 400), c(11, 15, 300), c(12, 18, 500), c(13, 17, 300), c(14, 20, 7))),
  list(name = "two hundred thousand people", decimals = 1, x = rep2(c(71, 78, 40000), c(85, 82, 30000), c(90, 90, 50000), c(102, 111, 20000), c(64, 75, 60000))))

describe <- function(x) list(n = unbox(length(x)), mean = num(mean(x)), sd = num(sd(x)), median = num(median(x)), min = num(min(x)), max = num(max(x)),
  q10 = num(quantile(x, 0.1)), q25 = num(quantile(x, 0.25)), q90 = num(quantile(x, 0.9)))
pairs_of <- function(case) {
  scale <- 10^case$decimals
  b <- case$x$before; a <- case$x$after
  cells <- aggregate(list(count = rep(1, length(b))), list(before = b, after = a), sum)
  list(b = b / scale, a = a / scale, d = (a - b) / scale, levels = a - b, cells = cells, # differences of levels tie where they must
       head = list(name = unbox(case$name), decimals = unbox(case$decimals), cells = unname(as.matrix(cells))))
}
each <- function(f) lapply(data, function(case) { p <- pairs_of(case); c(p$head, f(p)) })

write_vectors("descriptives", "Descriptions of scores before, after and of their change.",
  "mean(), sd(), median(), min(), max(), quantile(x, c(.1, .25, .9)).", "score points", 1e-9,
  each(function(p) list(before = describe(p$b), after = describe(p$a), change = describe(p$d))))

write_vectors("paired_t", "The paired t test.",
  "t.test(after, before, paired=TRUE) on differences of levels; log10_p from log(2) + pt(-abs(t), df, log.p=TRUE). Null where every change is the same.",
  "score points; t standard errors; p 0 to 1", 1e-9,
  each(function(p) {
    n <- length(p$d)
    r <- if (sd(p$levels) == 0) NULL else t.test(p$d)
    log_p <- if (is.null(r)) NA else log(2) + pt(-abs(r$statistic), r$parameter, log.p = TRUE)
    list(mean = num(mean(p$d)), sd = num(if (sd(p$levels) == 0) 0 else sd(p$d)), se = num(if (sd(p$levels) == 0) 0 else sd(p$d) / sqrt(n)), df = num(n - 1),
         ci_lo = num(r$conf.int[1]), ci_hi = num(r$conf.int[2]), t = num(unname(r$statistic)), p = num(exp(unname(log_p))), log10_p = num(unname(log_p) / log(10)),
         up = unbox(sum(p$levels > 0)), same = unbox(sum(p$levels == 0)), down = unbox(sum(p$levels < 0)))
  }))

write_vectors("correlation", "Pearson's correlation with Fisher's interval, and Spearman's.",
  "cor.test(before, after); cor(before, after, method='spearman'). The interval is null below 4 people and the point itself at r = 1.", "-1 to 1", 1e-9,
  each(function(p) {
    if (sd(p$b) == 0 || sd(p$a) == 0) return(list(r = none, ci_lo = none, ci_hi = none, spearman = none))
    r <- cor(p$b, p$a)
    ci <- if (length(p$b) < 4) c(NA, NA) else if (abs(r) < 1 - 1e-12) cor.test(p$b, p$a)$conf.int else rep(sign(r), 2)
    list(r = num(cor(p$b, p$a)), ci_lo = num(ci[1]), ci_hi = num(ci[2]), spearman = num(cor(rank(p$b), rank(p$a))))
  }))

escalc_of <- function(measure, p, r) {
  e <- suppressWarnings(escalc(measure = measure, m1i = mean(p$a), m2i = mean(p$b), sd1i = if (measure == "SMCR") sd(p$b) else if (measure == "SMCRH") sd(p$b) else sd(p$a),
    sd2i = if (measure == "SMCRH") sd(p$a) else sd(p$b), ni = length(p$b), ri = r))
  y <- as.numeric(e$yi); v <- as.numeric(e$vi)
  list(yi = num(y), vi = num(v), se = num(sqrt(v)), ci_lo = num(y - qnorm(.975) * sqrt(v)), ci_hi = num(y + qnorm(.975) * sqrt(v)))
}
write_vectors("standardised", "Standardised changes, and metafor's three standardised mean changes.",
  "formulas of CONVENTIONS C6 and C7 from mean() and sd(); escalc(measure='SMCR'|'SMCC'|'SMCRH') of metafor 3.8-1. Null where a spread is 0 or n < 3; data without spread before or after are left out of the escalc values, which need r.",
  "standard deviations", 1e-9,
  each(function(p) {
    n <- length(p$d); m <- n - 1; s0 <- sd(p$b); s1 <- sd(p$a); sd_d <- if (sd(p$levels) == 0) 0 else sd(p$d)
    r <- if (s0 > 0 && s1 > 0) cor(p$b, p$a) else NA
    if (!is.na(r) && abs(r) > 1 - 1e-12) r <- sign(r) # on one line: cor() may leave the last bit
    over <- function(x, s) if (s > 0) x / s else NA
    j <- if (m > 1) sqrt(pi) / (beta((m - 1) / 2, 0.5) * sqrt(m / 2)) else NA
    ja <- 1 - 3 / (4 * m - 1); d <- over(mean(p$d), sd_d); half <- qnorm(.975) * sqrt(1 / n + d^2 / (2 * n))
    out <- list(d_z = num(d), d_z_ci_normal_lo = num(d - half), d_z_ci_normal_hi = num(d + half),
      d_av_mean_sd = num(over(mean(p$d), (s0 + s1) / 2)), d_av_rms_sd = num(over(mean(p$d), sqrt((s0^2 + s1^2) / 2))), d_rm = num(d * sqrt(2 * (1 - r))),
      d_baseline_sd = num(over(mean(p$d), s0)), J_exact = num(j), J_approx = num(ja), g_z = num(j * d), g_z_approxJ = num(ja * d), g_baseline_sd_approxJ = num(ja * over(mean(p$d), s0)))
    if (!is.na(r) && n > 2 && sd_d > 0) out <- c(out, list(smcr = escalc_of("SMCR", p, r), smcc = escalc_of("SMCC", p, r), smcrh = escalc_of("SMCRH", p, r)))
    out
  }))

small <- Filter(function(case) length(case$x$before) <= 400, data)
write_vectors("signed_rank", "Wilcoxon's signed-rank test in its variants, and the Hodges-Lehmann estimate.",
  "wilcox.test(d), also with exact=FALSE and correct TRUE or FALSE; coin's wilcoxsign_test(d ~ 0, zero.method='Wilcoxon' or 'Pratt', distribution='asymptotic' or 'exact'); median of the Walsh averages by outer(). Exact values up to 200 people who changed.",
  "V ranks; z standard errors; p 0 to 1; Hodges-Lehmann score points", 1e-9,
  lapply(small, function(case) {
    p <- pairs_of(case); d <- p$levels; n1 <- sum(d != 0); W <- outer(d, d, "+")
    hl <- median(W[lower.tri(W, diag = TRUE)]) / 2 / 10^case$decimals
    if (n1 == 0) return(c(p$head, list(v_plus = unbox(0), v_minus = unbox(0), method = unbox(""), p_default = none, p_cc = none, p_nocc = none, z_nocc = none, p_exact = none, z_pratt = none, p_pratt = none, p_pratt_exact = none, rank_biserial = none, hodges_lehmann = unbox(hl))))
    w <- suppressWarnings(wilcox.test(d)); rk <- rank(abs(d[d != 0])); vp <- sum(rk[d[d != 0] > 0]); vm <- sum(rk[d[d != 0] < 0])
    co <- function(zm, dist) { t <- wilcoxsign_test(d ~ rep(0, length(d)), zero.method = zm, distribution = dist); list(z = as.numeric(statistic(t)), p = as.numeric(pvalue(t))) }
    c(p$head, list(v_plus = unbox(vp), v_minus = unbox(vm), method = unbox(w$method), p_default = num(w$p.value),
      p_cc = num(suppressWarnings(wilcox.test(d, exact = FALSE, correct = TRUE))$p.value), p_nocc = num(suppressWarnings(wilcox.test(d, exact = FALSE, correct = FALSE))$p.value),
      z_nocc = num(co("Wilcoxon", "asymptotic")$z), p_exact = num(if (n1 <= 200) co("Wilcoxon", "exact")$p else NA),
      z_pratt = num(co("Pratt", "asymptotic")$z), p_pratt = num(co("Pratt", "asymptotic")$p), p_pratt_exact = num(if (n1 <= 200) co("Pratt", "exact")$p else NA),
      rank_biserial = num((vp - vm) / (vp + vm)), hodges_lehmann = unbox(hl)))
  }))

# Reliable change --------------------------------------------------------------
rci <- function(sd, rel, decimals, changes) {
  sem <- sd * sqrt(1 - rel); thr <- 1.96 * sqrt(2) * sem; d <- round(changes / 10^decimals, 10); t10 <- round(thr, 10)
  list(sd = unbox(sd), reliability = unbox(rel), decimals = unbox(decimals), changes = changes,
       sem = unbox(sem), s_diff = unbox(sqrt(2) * sem), threshold_196 = unbox(thr), threshold_qnorm = unbox(qnorm(.975) * sqrt(2) * sem),
       past = c(sum(d > t10), sum(abs(d) <= t10), sum(d < -t10)), at_least = c(sum(d >= t10), sum(abs(d) < t10), sum(d <= -t10)))
}
write_vectors("reliable_change", "Thresholds of reliable change and who passes them; in three cases the threshold falls exactly on a possible change.",
  "sd*sqrt(1-rel); sqrt(2)*sem; 1.96*s_diff; qnorm(.975)*s_diff; counts up, within, down by > and by >= after round(, 10).",
  "score points; people", 1e-9, list(
    rci(4.5, 0.85, 0, c(-7, -5, -4, 0, 0, 3, 4, 5, 6, 12)), rci(2, 0.8, 1, c(-25, -24, 0, 12, 24, 25, 46)),
    rci(2.5, 0.5, 1, c(-50, -49, -49, -48, 0, 48, 49, 50)), rci(25, 0.5, 0, c(-50, -49, -48, 0, 48, 49, 49, 50)),
    rci(3.5, 0.5, 2, c(-687, -686, -685, 685, 686, 687)), rci(6, 0.97, 0, c(-3, -2, 2, 3)), rci(1.25, 0.9, 4, c(-10957, 10956, 10957, 10960))))

# XmR charts -------------------------------------------------------------------
# The arithmetic is written out with mean() and diff(); the rules once more, point
# by point, from their words. "screened in the package" is the series of the
# vignette "Deviations from Excel defaults" of NHSRplotthedots, with every range
# counted, as the Excel tool does.
xmr <- function(name, x) {
  n <- length(x); m <- mean(x); r <- if (n >= 12) mean(abs(diff(x))) else NA
  rel <- sign(ifelse(abs(x - m) < 1e-9, 0, x - m)); out <- x > m + 2.66 * r | x < m - 2.66 * r
  near <- !out & (x > m + 2 / 3 * 2.66 * r | x < m - 2 / 3 * 2.66 * r)
  ends <- function(w, k) { hit <- rep(FALSE, n); if (n >= k) for (i in k:n) if (w((i - k + 1):i)) hit[(i - k + 1):i] <- TRUE; which(hit) - 1 }
  none <- is.na(r) || r == 0
  list(name = unbox(name), values = x, median = unbox(median(x)), mean = unbox(m), range = num(r), low = num(m - 2.66 * r), high = num(m + 2.66 * r),
       outside = I(if (none) integer() else which(out) - 1),
       shift = I(if (none) integer() else ends(function(i) all(rel[i] == rel[i[1]]) && rel[i[1]] != 0, 7)),
       trend = I(if (none) integer() else ends(function(i) all(diff(x[i]) > 0) || all(diff(x[i]) < 0), 7)),
       near = I(if (none) integer() else ends(function(i) abs(sum(rel[i])) == 3 && sum(near[i]) >= 2, 3)))
}
write_vectors("xmr", "Charts of individual values: mean, mean moving range, natural process limits, and the places (from 0) that take part in each pattern.",
  "mean(x); mean(abs(diff(x))); mean -+ 2.66 * that; rules written out from their words, no control chart package.", "that of the values", 1e-9, list(
    xmr("screened in the package", c(1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)),
    xmr("eleven points", c(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5)),
    xmr("twelve points, nothing special", c(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5, 6)),
    xmr("all equal", rep(0.1, 14)),
    xmr("a shift", c(10, 12, 9, 11, 10, 12, 14, 15, 14, 16, 15, 14, 15, 14)),
    xmr("seven above and a point on the mean", c(0, 2, 0, 2, 0, 1, 2, 1.5, 2, 1.5, 2, 1.5, 2, 0, 0, 0.5, 0, 0)),
    xmr("a trend up and one down", c(1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1)),
    xmr("six rising are not seven", c(5, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1, 4)),
    xmr("near the upper limit", c(10, 11, 9, 10, 11, 10, 9, 10, 13.5, 11, 13.6, 9, 10, 11, 10)),
    xmr("near both limits is no pattern", c(10, 11, 9, 10, 11, 10, 13.4, 10, 6.8, 10, 11, 9, 10, 11)),
    xmr("percentages", 100 * c(12/20, 15/19, 11/21, 14/20, 9/18, 16/20, 13/22, 12/17, 15/20, 10/21, 14/19, 13/20, 3/25)),
    xmr("sixteen waits", c(5, 7.5, 6, 8, 4, 9, 6.5, 7, 5, 8.5, 7, 6, 22, 7, 6.5, 8))))

# The acceptance cases ------------------------------------------------------------
acceptance <- function(dir, case) {
  set <- fromJSON(file.path(dir, case, "case.json"), simplifyVector = FALSE); m <- set$measures[[1]]
  want <- fromJSON(file.path(dir, case, "expected.json"), simplifyVector = FALSE)$results[[1]]
  wide <- read.csv(file.path(dir, case, "wide.csv")); names(wide)[ncol(wide) - 1:0] <- c("before", "after")
  decimals <- if (all(wide$before %% 1 == 0, na.rm = TRUE)) 0 else 1
  one <- function(name, rows, want) {
    paired <- !is.na(rows$before) & !is.na(rows$after); lost <- !is.na(rows$before) & is.na(rows$after)
    level <- function(x) round(x * 10^decimals)
    want <- want[c("baseline_all", "baseline_paired", "followup_paired", "change", "correlation", "wilcoxon", "effect", "rci_fixed_sd", "rci_baseline_sd", "bounds", "counts")]
    list(name = unbox(paste(case, name)), decimals = unbox(decimals), reliability = unbox(m$rel), sd_ref = unbox(m$sd_ref), min = unbox(m$min), max = unbox(m$max),
         cells = unname(cbind(level(rows$before[paired]), level(rows$after[paired]), 1)), lost = I(level(rows$before[lost])), want = rapply(want, function(x) if (is.null(x)) none else unbox(x), how = "replace"))
  }
  c(list(one("overall", wide, want$overall)), lapply(names(want$by_scheme), function(s) one(s, wide[wide$scheme == s, ], want$by_scheme[[s]])))
}
dir <- commandArgs(TRUE)
if (length(dir) == 1)
  write_vectors("acceptance", "The two acceptance cases, whole and by scheme: what this package contributes. Scores in levels; cells are before, after, people; lost are the scores before of those without a score after.",
    "expected.json of the cases madeup (made up by hand for the set) and sleep (datasets::sleep, Cushny & Peebles 1905), R 4.2.2 with metafor 3.8-1.",
    "as the keys of CONVENTIONS C2 to C9 and C13", 1e-9, c(acceptance(dir, "madeup"), acceptance(dir, "sleep")))
