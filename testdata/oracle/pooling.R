# C14: several schemes to one figure. y and v are the schemes' estimates and variances.

# A root of a function that falls from above 0 to below it, on the log scale.
falling_root <- function(f, scale) {
  lo <- scale; hi <- scale
  while (f(hi) > 0) hi <- hi * 10
  while (f(lo) < 0 && lo > scale * 1e-250) lo <- lo / 10
  exp(uniroot(function(u) f(exp(u)), log(c(lo, hi)), tol = 1e-15, maxiter = 10000)$root)
}

Q_at <- function(tau2, y, v) { w <- 1 / (v + tau2); sum(w * (y - sum(w * y) / sum(w))^2) }

tau2_DL <- function(y, v) { w <- 1 / v; max(0, (Q_at(0, y, v) - (length(y) - 1)) / (sum(w) - sum(w^2) / sum(w))) }

tau2_PM <- function(y, v) {
  if (Q_at(0, y, v) <= length(y) - 1) return(0)
  falling_root(function(t) Q_at(t, y, v) - (length(y) - 1), median(v))
}

# Where the derivative of the restricted likelihood turns from + to -, and 0 where
# it starts below. metafor says which, when there are several.
tau2_REML <- function(y, v) {
  slope <- function(t) { w <- 1 / (v + t); sum(w^2 * (y - sum(w * y) / sum(w))^2) - sum(w) + sum(w^2) / sum(w) }
  scale <- max(median(v), var(y)); grid <- scale * 10^seq(-12, 4, length.out = 801); signs <- vapply(grid, slope, 0) > 0
  tops <- which(head(signs, -1) & !tail(signs, -1))
  roots <- vapply(tops, function(i) exp(uniroot(function(u) slope(exp(u)), log(grid[i + 0:1]), tol = 1e-15, maxiter = 10000)$root), 0)
  if (slope(0) <= 0 || !length(roots)) roots <- c(0, roots)
  fit <- quietly(rma(y / sqrt(scale), v / scale, method = "REML", control = list(threshold = 1e-12, maxiter = 100000)))
  if (is.null(fit)) message("rma REML did not converge; the equation of C14 was solved")
  near <- if (is.null(fit)) max(roots) else fit$tau2 * scale
  if (length(roots) > 1) message("several REML roots: ", paste(format(roots, digits = 6), collapse = ", "), "; metafor takes ", format(near))
  best <- roots[which.min(abs(roots - near))]
  if (abs(best - near) > 1e-6 * scale) message("metafor's REML tau2 ", format(near, digits = 12), " is not a root; nearest ", format(best, digits = 12))
  best
}

tau2_interval <- function(y, v) {
  end <- function(p) {
    limit <- qchisq(p, length(y) - 1)
    if (Q_at(0, y, v) <= limit) 0 else falling_root(function(t) Q_at(t, y, v) - limit, median(v))
  }
  c(end(.975), end(.025))
}

inference <- function(estimate, se, df) {
  crit <- if (is.infinite(df)) qnorm(.975) else qt(.975, df)
  stat <- if (se > 0) estimate / se else NA_real_
  list(se = se, ci_lo = estimate - crit * se, ci_hi = estimate + crit * se, stat = stat,
    p = two_sided(stat, df))
}

pooled_by <- function(tau2, y, v) {
  k <- length(y); w <- 1 / (v + tau2); mu <- sum(w * y) / sum(w); se <- sqrt(1 / sum(w))
  q <- sum(w * (y - mu)^2) / (k - 1); if (q < 1e-14) q <- 0
  fixed <- 1 / v; typical <- (k - 1) * sum(fixed) / (sum(fixed)^2 - sum(fixed^2))
  reach <- function(crit, s) if (!is.na(crit)) arr(mu + c(-1, 1) * crit * sqrt(tau2 + s^2))
  k2 <- if (k > 2) qt(.975, k - 2) else NA_real_; hk <- sqrt(q / sum(w))
  list(tau2 = tau2, tau = sqrt(tau2), tau2_ci_qprofile = arr(tau2_interval(y, v)), estimate = mu,
    I2_metafor = 100 * tau2 / (tau2 + typical), H2_metafor = tau2 / typical + 1, typical_v = typical, hk_scale_q = q,
    wald = inference(mu, se, Inf), hk = inference(mu, hk, k - 1), hk_adhoc = inference(mu, sqrt(max(1, q) / sum(w)), k - 1),
    prediction = list(normal = reach(qnorm(.975), se), t_k1 = reach(qt(.975, k - 1), se), t_k2 = reach(k2, se),
      hk_t_k1 = reach(qt(.975, k - 1), hk), hk_t_k2 = reach(k2, hk)),
    weights_pct = arr(100 * w / sum(w)))
}

# metafor's own figures for the same data, with its searches told to go on: said on
# stderr when they differ. On the scale of the variances, as its tolerances are absolute.
same_as_metafor <- function(method, mine, y, v) {
  s <- sqrt(median(v))
  fit <- quietly(rma(y / s, v / s^2, method = method, test = "knha", control = list(threshold = 1e-11, tol = 1e-11, maxiter = 100000, tau2.max = 1e10)))
  if (is.null(fit)) return(message("metafor ", method, " gave up"))
  seen <- c(fit$tau2 * s^2, fit$beta * s, fit$se * s, fit$I2); own <- c(mine$tau2, mine$estimate, mine$hk$se, mine$I2_metafor)
  if (any(abs(seen - own) > 1e-6 * (abs(own) + c(s^2, mine$wald$se, mine$wald$se, 1))))
    message("metafor ", method, " differs: ", paste(format(seen, digits = 9), collapse = " "), " against ", paste(format(own, digits = 9), collapse = " "))
}

pool <- function(y, v) {
  k <- length(y); w <- 1 / v; mu <- sum(w * y) / sum(w); se <- sqrt(1 / sum(w)); Q <- Q_at(0, y, v)
  fixed <- inference(mu, se, Inf); names(fixed)[names(fixed) == "stat"] <- "z"
  methods <- lapply(list(DL = tau2_DL(y, v), REML = tau2_REML(y, v), PM = tau2_PM(y, v)), pooled_by, y = y, v = v)
  for (name in names(methods)) same_as_metafor(name, methods[[name]], y, v)
  c(list(k = k, fixed = c(list(estimate = mu), fixed), Q = Q, Q_df = k - 1, Q_p = pchisq(Q, k - 1, lower.tail = FALSE),
    I2_higgins = if (Q > 0) 100 * max(0, (Q - (k - 1)) / Q) else 0), methods)
}

no_pool <- function(k) list(k = k, fixed = NULL, Q = NULL, Q_df = NULL, Q_p = NULL, I2_higgins = NULL, DL = NULL, REML = NULL, PM = NULL)

pooled_schemes <- function(groups, estimate, excluded = NULL) {
  took <- Filter(function(g) g$counts$n_paired >= 2 && g$change$sd > 0, groups)
  pairs <- lapply(took, estimate)
  pairs <- Filter(function(p) !anyNA(p) && p[2] > 0, pairs)
  if (length(pairs) < 2) return(NULL)
  y <- vapply(pairs, `[`, 0, 1); v <- vapply(pairs, `[`, 0, 2)
  c(list(schemes = arr(names(pairs))), if (!is.null(excluded)) list(excluded = arr(setdiff(names(groups), names(pairs)))),
    list(yi = arr(unname(y)), vi = arr(unname(v))), pool(unname(y), unname(v)))
}
