# C6-C8: standardised change, Hedges' correction, reliable change.

J_exact <- function(m) if (is.na(m) || m <= 1) NA_real_ else exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))
J_approx <- function(m) if (is.na(m) || m < 1) NA_real_ else 1 - 3 / (4 * m - 1)

# P(T <= t) for a non-central t. R's pt leaves the exact series at ncp 37.62, so
# beyond 37 the normal tail is integrated over the distribution of sqrt(chi2/df).
noncentral <- function(t, df, ncp) {
  if (abs(ncp) < 37) return(suppressWarnings(pt(t, df, ncp)))
  f <- function(s) pnorm(t * s - ncp) * exp(log(2 * df * s) + dchisq(df * s^2, df, log = TRUE))
  marks <- c(1 + c(-12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 12) / sqrt(2 * df), ncp / t + c(-8, -4, -2, 0, 2, 4, 8) / abs(t))
  marks <- sort(unique(c(0, marks[marks > 0])))
  sum(mapply(function(a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 1e-15, subdivisions = 1000)$value, head(marks, -1), tail(marks, -1)))
}
nct_limit <- function(t, n, p) quietly({
  f <- function(x) noncentral(t, n - 1, x) - p
  uniroot(f, t + c(-1, 1) * (4 + 2 * abs(t)), extendInt = "downX", tol = 1e-12, maxiter = 10000)$root / sqrt(n)
})

escalc_or <- function(measure, yi, vi, ...) { # metafor where its inputs exist, the definition elsewhere
  e <- quietly(escalc(measure = measure, ...))
  if (is.null(e) || is.na(e$yi) || is.na(e$vi)) return(c(yi, vi))
  if (!is.na(vi) && abs(e$vi - vi) > 1e-9 * abs(vi)) message("escalc disagrees on ", measure, ": ", e$vi, " against ", vi)
  c(e$yi, e$vi)
}
standardised <- function(pair) {
  y <- pair[1]; v <- if (is.na(y)) NA_real_ else pair[2]; ci <- normal_ci(y, sqrt(v))
  list(yi = y, vi = v, se = sqrt(v), ci_lo = ci[1], ci_hi = ci[2])
}

effect <- function(pre, post) {
  d <- post - pre; n <- length(d); m <- n - 1; mu <- mean_of(d); s <- spread(d); s0 <- spread(pre); s1 <- spread(post)
  r <- correlation_of(pre, post)
  ratio <- function(a, b) if (is.na(b) || b == 0) NA_real_ else a / b
  J <- J_exact(m); Ja <- J_approx(m); dz <- ratio(mu, s); d0 <- ratio(mu, s0)
  t <- dz * sqrt(n); nct <- c(NA, NA)
  if (!is.na(t) && abs(t) <= 30) nct <- c(nct_limit(t, n, .975), nct_limit(t, n, .025))
  plain <- dz + c(-1, 1) * qnorm(.975) * sqrt(1 / n + dz^2 / (2 * n))
  y0 <- J * d0; yz <- J * dz
  paired_v <- function(v) if (is.na(r)) NA_real_ else v # C7: without r no variance, of all three
  with <- function(measure, yi, vi) escalc_or(measure, yi, vi, m1i = mean_of(post), m2i = mean_of(pre), sd1i = s0, sd2i = s1, ni = n, ri = r)
  list(d_z = dz, d_z_ci_nct_lo = nct[1], d_z_ci_nct_hi = nct[2], d_z_ci_normal_lo = plain[1], d_z_ci_normal_hi = plain[2],
    d_av_mean_sd = ratio(mu, (s0 + s1) / 2), d_av_rms_sd = ratio(mu, sqrt((s0^2 + s1^2) / 2)), d_rm = dz * sqrt(2 * (1 - r)),
    d_baseline_sd = d0, J_exact = J, J_approx = Ja, g_z = yz, g_z_approxJ = Ja * dz, g_baseline_sd_approxJ = Ja * d0,
    smcr = standardised(with("SMCR", y0, 2 * (1 - r) / n + y0^2 / (2 * n))),
    smcc = standardised(if (is.na(yz)) c(NA, NA) else c(yz, paired_v(1 / n + yz^2 / (2 * n)))),
    smcrh = standardised(if (is.na(y0)) c(NA, NA) else with("SMCRH", y0, paired_v(J^2 * (s^2 / (s0^2 * m) + y0^2 / (2 * m))))))
}

# C8. `gain` is the change in the good direction.
reliable <- function(source, sd, rel, gain) {
  gain <- exactly(gain); n <- length(gain); s_diff <- sqrt(2) * sd * sqrt(1 - rel); near <- 1.96 * s_diff; far <- qnorm(.975) * s_diff
  up <- sum(gain > near); down <- sum(-gain > near)
  list(sd_source = source, sd = sd, reliability = rel, sem = sd * sqrt(1 - rel), s_diff = s_diff, threshold_196 = near,
    threshold_qnorm = far, n = n, improved = wilson(up, n), deteriorated = wilson(down, n), no_reliable_change = wilson(n - up - down, n),
    counts_if_qnorm = if (!is.na(far)) arr(c(sum(gain > far), sum(-gain > far))),
    counts_if_inclusive = if (!is.na(near)) arr(c(sum(gain >= near), sum(-gain >= near))))
}
