# Writes the vector files of pooling, funnels and the distribution of chi-square.
# From the top of the checkout:
#   Rscript testdata/vectors/pooling.R [DIRECTORY OF THE ACCEPTANCE CASES]
# Needs jsonlite and metafor 3.8-1. Data are made up here, in plain sight. With a
# directory, acceptance_pooling.json is written too.
suppressPackageStartupMessages({library(jsonlite); library(metafor)})
options(warn = 1)
here <- "testdata/vectors"

none <- unbox(NA_real_)
num <- function(x) if (length(x) == 0 || is.na(x) || !is.finite(x)) none else unbox(as.numeric(x))
write_vectors <- function(name, about, source, unit, tolerance, cases) {
  file <- list(about = unbox(about), source = unbox(paste0(R.version.string, ": ", source)),
               checked = unbox("Written by testdata/vectors/pooling.R, 2026-11-23."),
               unit = unbox(unit), tolerance = unbox(tolerance), cases = cases)
  text <- toJSON(file, digits = NA, na = "null", null = "null", pretty = 1)
  text <- gsub("(?<=[\\[\\],0-9])\\n\\s*(?=[-0-9\\[\\]])", " ", text, perl = TRUE) # arrays of numbers on one line
  writeLines(text, file.path(here, paste0(name, ".json")))
}

# Chi-square: tails and quantiles ----------------------------------------------
# Each x is taken as far out as its logarithm of p says; R's own pchisq is exact
# to about 1e-13 there.
tails <- list()
for (df in c(1, 2, 3, 4, 5, 9, 20, 101, 999, 12345, 1e6))
  for (log_p in c(-1e-9, -0.001, -0.1, log(0.5), -2, -5, -20, -70, -200, -460, -690)) {
    x <- signif(qchisq(log_p, df, lower.tail = FALSE, log.p = TRUE), 8)
    tails[[length(tails) + 1]] <- list(x = unbox(x), df = unbox(df), p = unbox(pchisq(x, df, lower.tail = FALSE)))
  }
quantiles <- lapply(c(1:12, 20, 30, 101, 999, 12345, 1e6), function(df)
  list(df = unbox(df), q025 = unbox(qchisq(0.025, df)), q975 = unbox(qchisq(0.975, df))))
write_vectors("chi_square", "Upper tails of chi-square, far out, and its 0.025 and 0.975 quantiles.",
  "pchisq(x, df, lower.tail=FALSE); qchisq(0.025, df), qchisq(0.975, df).",
  "p is a probability; x, q025 and q975 are squares of standard errors", 1e-11,
  list(tails = tails, quantiles = quantiles))

# Pooling ------------------------------------------------------------------------
# metafor's defaults stop early (REML at 1e-5, uniroot at 1e-4) and look no further
# than 100 for the variance between groups, so each is told to go on. Where its
# scoring leaps to and fro it is told stepadj=0.5, as it advises itself.
set.seed(20261123)
world <- function(k, mean, tau, v) list(y = round(rnorm(k, mean, sqrt(tau^2 + v)), 4), v = round(v, 4))
groups <- list(
  "two groups" = list(y = c(1.2, 4.6), v = c(0.5, 0.9)),
  "two groups that nearly agree" = list(y = c(2, 2.1), v = c(1, 1)),
  "three groups" = list(y = c(0.5, 3.1, -2.2), v = c(0.5, 0.6, 1.64)),
  "five groups that differ by chance alone" = list(y = c(2.1, 1.4, 2.9, 2.2, 1.7), v = c(0.4, 0.3, 0.8, 0.2, 0.5)),
  "five groups that differ" = list(y = c(2.1, -4, 9.5, 3, 0.2), v = c(0.4, 0.3, 0.8, 0.2, 0.5)),
  "identical effects" = list(y = rep(1.5, 4), v = c(0.2, 0.4, 0.9, 2)),
  "agree better than by chance" = list(y = c(1, 1.001, 0.999, 1.0005, 1), v = c(1, 2, 3, 2, 1)),
  "one outlier" = list(y = c(2, 2.4, 1.8, 2.1, 1.9, 2.2, 25), v = c(0.3, 0.2, 0.4, 0.3, 0.25, 0.3, 0.5)),
  "one group is nearly certain" = list(y = c(3, 1.2, 5.4, 2), v = c(1e-9, 0.4, 1.2, 3)),
  "very different variances" = list(y = c(2.5, 1.9, 8, -30, 2.2, 3.4), v = c(0.0004, 0.02, 5, 900, 0.3, 0.001)),
  "likelihood with two peaks" = list(y = c(-20.04, -21.87, -13.88), v = c(0.07666, 4.418, 10.12)),
  "lower peak, so zero" = list(y = c(-0.1191, -0.03894, 0.2095, -0.02306), v = c(0.008558, 0.008102, 0.01145, 0.0004314)),
  "lower peak far out, so zero" = list(y = c(-17.21, -85.67, -15.92), v = c(0.3266, 819.3, 0.001648)),
  "scoring leaps to and fro" = list(y = c(0.13, 0.05, -0.2, -0.4, -0.02, 0.59), v = c(1.357, 0.567, 0.536, 0.071, 0.764, 0.051)),
  "a unit of thousandths" = list(y = c(0.0021, 0.0034, -0.0012, 0.0018), v = c(4e-7, 3e-7, 9e-7, 5e-7)),
  "a unit of thousands" = list(y = c(2100, 3400, -1200, 1800), v = c(4e4, 3e4, 9e4, 5e4)),
  "twenty-eight groups" = world(28, 2, 1, rexp(28, 2) + 0.05),
  "a hundred and two groups" = world(102, -1, 0.4, rexp(102, 1) + 0.02),
  "a thousand groups" = world(1000, 0.3, 0.5, rexp(1000, 1) + 0.02))
pooled <- function(name) {
  y <- groups[[name]]$y; v <- groups[[name]]$v; k <- length(y); scale <- median(v)
  control <- list(threshold = 1e-11 * min(1, scale), maxiter = 10000, tau2.max = 1e9 * max(v), tol = 1e-13 * scale)
  if (name == "scoring leaps to and fro") control$stepadj <- 0.5
  search <- list(tau2.max = 1e9 * max(v), tol = 1e-13 * scale, maxiter = 1e5)
  test <- function(est, se, df) {
    c_ <- if (is.null(df)) qnorm(.975) else qt(.975, df); s <- if (se > 0) est / se else NA
    list(se = num(se), ci_lo = num(est - c_ * se), ci_hi = num(est + c_ * se), stat = num(s), p = num(if (is.null(df)) 2 * pnorm(-abs(s)) else 2 * pt(-abs(s), df)))
  }
  ci <- suppressWarnings(confint(rma(y, v, method = "DL"), control = search))$random["tau^2", ]
  random <- function(method) {
    m <- suppressWarnings(rma(y, v, method = method, control = control)); b <- as.numeric(m$beta); W <- 1 / (v + m$tau2)
    knha <- suppressWarnings(rma(y, v, method = method, control = control, test = "knha")); adhoc <- suppressWarnings(rma(y, v, method = method, control = control, test = "adhoc"))
    q <- sum(W * (y - b)^2) / (k - 1); if (q < 1e-14) q <- 0; hk <- sqrt(q / sum(W))
    stopifnot(abs(knha$se - hk) < 1e-9 * max(1, hk), abs(adhoc$se - sqrt(max(1, q) / sum(W))) < 1e-9)
    interval <- function(c_, se) { r <- c_ * sqrt(m$tau2 + se^2); list(num(b - r), num(b + r)) }
    t2 <- if (k > 2) qt(.975, k - 2) else NA
    list(tau2 = num(m$tau2), tau = num(sqrt(m$tau2)), tau2_ci = list(num(ci[2]), num(ci[3])), estimate = num(b), i2 = num(m$I2), h2 = num(m$H2), typical_v = num(m$vt),
         hk_scale_q = num(q), wald = test(b, m$se, NULL), hk = test(b, hk, k - 1), hk_adhoc = test(b, adhoc$se, k - 1),
         normal = interval(qnorm(.975), m$se), t_k1 = interval(qt(.975, k - 1), m$se), t_k2 = interval(t2, m$se), hk_t_k1 = interval(qt(.975, k - 1), hk), hk_t_k2 = interval(t2, hk),
         weights_pct = if (k <= 28) as.numeric(100 * W / sum(W)) else list())
  }
  f <- rma(y, v, method = "FE")
  list(name = unbox(name), y = y, v = v, fixed = c(list(estimate = num(f$beta)), test(as.numeric(f$beta), f$se, NULL)),
       q = num(f$QE), q_p = num(f$QEp), i2_higgins = num(if (f$QE > 0) max(0, 100 * (f$QE - (k - 1)) / f$QE) else 0),
       dl = random("DL"), reml = random("REML"), pm = random("PM"))
}
write_vectors("pooling", "Groups pooled in every variant of CONVENTIONS C14. Weights are given up to 28 groups.",
  "rma(y, v, method='FE'|'DL'|'REML'|'PM') of metafor 3.8-1 told to search to the last digit, also with test='knha' and 'adhoc'; confint(); pnorm, pt and qt for what follows. Null where the standard error is 0 or there are 2 groups and t on k-2.",
  "the effects' unit, its square for tau2 and v; per cent for I2 and weights; p 0 to 1", 1e-6,
  lapply(names(groups), pooled))

# Funnels ----------------------------------------------------------------------
# R 4.2.2's qbinom(0.001, 1e6, 1-1e-6) is 1e6 and not 999995, so what it gives is
# put right by pbinom.
quantile_of <- function(p, n, prob) mapply(function(p, n, prob) {
  r <- qbinom(p, n, prob); while (pbinom(r - 1, n, prob) >= p) r <- r - 1
  stopifnot(pbinom(r, n, prob) >= p * (1 - 1e-14)); r
}, p, n, prob)
spread <- function(y, s, target) {
  z <- (y - target) / s; k <- length(y); w <- 1 / s^2; q <- unname(quantile(z, c(0.1, 0.9))); zw <- pmin(pmax(z, q[1]), q[2])
  over <- function(z) { phi <- sum(z^2) / k; list(phi = phi, tau2 = if (k * phi < k - 1) 0 else (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w))) }
  list(z = z, zw = zw, q = q, raw = over(z), wins = over(zw))
}
said <- function(s) list(z = I(s$z), z_winsorised = I(s$zw), q10 = num(s$q[1]), q90 = num(s$q[2]),
  raw = lapply(s$raw, num), winsorised = lapply(s$wins, num))
limits <- function(target, s, back = identity) lapply(list(p95 = qnorm(.975), p998 = qnorm(.999)), function(c_) list(low = I(back(target - c_ * s)), high = I(back(target + c_ * s))))
funnel_of <- function(name) {
  y <- groups[[name]]$y; s <- sqrt(groups[[name]]$v); target <- sum(y / s^2) / sum(1 / s^2); sp <- spread(y, s, target)
  plain <- limits(target, s); added <- limits(target, sqrt(s^2 + sp$wins$tau2)); out <- function(l) I(which(y < l$p998$low | y > l$p998$high) - 1)
  c(list(name = unbox(name), y = y, v = groups[[name]]$v, target = num(target)), said(sp),
    list(unadjusted = plain, multiplicative = limits(target, s * sqrt(max(1, sp$wins$phi))), additive = added, outside = out(plain), outside_additive = out(added)))
}
write_vectors("funnel", "Groups about their inverse-variance mean. Places in outside count from 0.",
  "formulas of CONVENTIONS C15 with quantile(z, c(0.1, 0.9)), qnorm(.975) and qnorm(.999).",
  "the groups' unit, its square for tau2; standard errors for z", 1e-9,
  lapply(setdiff(names(groups), c("a hundred and two groups", "a thousand groups", "one group is nearly certain", "identical effects")), funnel_of))

shares <- list(
  "two groups" = list(x = c(3, 9), n = c(8, 10)),
  "four groups, one with nobody" = list(x = c(6, 0, 9, 6), n = c(8, 0, 10, 7)),
  "nobody in any" = list(x = c(0, 0, 0), n = c(1, 7, 300)),
  "everybody in all" = list(x = c(2, 7, 300), n = c(2, 7, 300)),
  "one of very many" = list(x = c(0, 1, 0), n = c(1, 1e6, 20)),
  "all but one of many" = list(x = c(1, 9999, 20), n = c(1, 1e4, 20)),
  "large and small" = list(x = c(412345, 3, 61234, 0, 1), n = c(1e6, 4, 123456, 3, 1)),
  "twenty-eight groups" = local({ n <- c(1, 2, 3, sample(5:400, 25)); list(x = rbinom(28, n, plogis(rnorm(28, 0.8, 0.7))), n = n) }))
share_funnel <- function(name) {
  x <- shares[[name]]$x; n <- shares[[name]]$n; kept <- n > 0; target <- sum(x) / sum(n); m <- n[kept]
  exact <- function(p) { r <- quantile_of(p, m, target); (r - (pbinom(r, m, target) - p) / (pbinom(r, m, target) - pbinom(r - 1, m, target))) / m }
  s <- 1 / (2 * sqrt(m)); at <- asin(sqrt(target)); sp <- spread(asin(sqrt(x[kept] / m)), s, at)
  back <- function(l) sin(pmin(pmax(l, 0), pi / 2))^2
  list(name = unbox(name), x = x, n = n, groups = I(which(kept) - 1), target = num(target), normal = limits(target, sqrt(target * (1 - target) / m)),
    exact = list(p95 = list(low = I(exact(.025)), high = I(exact(.975))), p998 = list(low = I(exact(.001)), high = I(exact(.999)))),
    arcsine = c(list(target = num(at)), said(sp), list(unadjusted = limits(at, s, back), additive = limits(at, sqrt(s^2 + sp$wins$tau2), back))))
}
write_vectors("funnel_proportion", "Shares about the share of all groups together, by the normal, the interpolated binomial and the arcsine. Groups with nobody are left out.",
  "formulas of CONVENTIONS C15 with qbinom put right by pbinom, pbinom and quantile().",
  "0 to 1 and beyond; radians for the arcsine's target and standard errors for z", 1e-9,
  lapply(names(shares), share_funnel))

# Binomial ---------------------------------------------------------------------
cases <- list()
for (n in c(1, 2, 7, 40, 1000, 123457, 1e6)) for (p in c(1e-6, 0.01, 0.3, 0.5, 0.84, 0.999)) {
  r <- quantile_of(c(0.001, 0.025, 0.5, 0.975, 0.999), n, p)
  cases[[length(cases) + 1]] <- list(n = unbox(n), p = unbox(p), r = r, below = pbinom(r, n, p), density = dbinom(r, n, p))
}
write_vectors("binomial", "Quantiles of the binomial at 0.001, 0.025, 0.5, 0.975 and 0.999, and the probability up to and at each.",
  "qbinom put right by pbinom, pbinom, dbinom.", "people; 0 to 1", 1e-10, cases)

# The acceptance case ------------------------------------------------------------
dir <- commandArgs(TRUE)
if (length(dir) == 1) {
  want <- fromJSON(file.path(dir, "madeup", "expected.json"), simplifyVector = FALSE)$results[[1]]
  want <- want[grep("^(pooled|funnel)_", names(want))]
  bare <- function(x) {
    if (is.null(x)) return(none)
    if (!is.list(x)) return(unbox(x))
    if (!is.null(names(x))) x <- x[!(names(x) %in% c("schemes", "scheme", "excluded"))] # names, which stat does not know
    lapply(x, bare)
  }
  write_vectors("acceptance_pooling", "What the made-up acceptance case says of its schemes together.",
    "expected.json of the case madeup, R 4.2.2 with metafor 3.8-1.", "as the keys of CONVENTIONS C14, C15 and C17", 1e-9, lapply(want, bare))
}
