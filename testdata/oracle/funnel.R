# C15: funnel plots after Spiegelhalter.

overdispersion <- function(y, s, target) {
  z <- (y - target) / s; I <- length(y); ends <- quantile(z, c(.1, .9), type = 7, names = FALSE)
  zw <- pmin(pmax(z, ends[1]), ends[2]); S1 <- sum(1 / s^2); S2 <- sum(1 / s^4)
  both <- function(z) {
    phi <- sum(z^2) / I
    list(phi = phi, tau2 = if (I < 2) NULL else if (I * phi < I - 1) 0 else (I * phi - (I - 1)) / (S1 - S2 / S1))
  }
  list(z = arr(z), z_winsorised = arr(zw), wins_q10 = ends[1], wins_q90 = ends[2], raw = both(z), winsorised10 = both(zw))
}

levels_of <- function(at) {
  one <- function(p) { out <- at(p); list(lo = arr(out$lo), hi = arr(out$hi)) }
  list(l95 = one(.975), l998 = one(.999))
}
around <- function(target, s) function(p) list(lo = target - qnorm(p) * s, hi = target + qnorm(p) * s)

funnel <- function(ids, y, s) {
  if (length(y) < 2) return(NULL)
  target <- sum(y / s^2) / sum(1 / s^2); over <- overdispersion(y, s, target)
  wide <- sqrt(s^2 + over$winsorised10$tau2); outside <- function(s) arr(ids[abs(y - target) > qnorm(.999) * s])
  c(list(scheme = arr(ids), y = arr(y), se = arr(s), target = target), over,
    list(limits_unadjusted = levels_of(around(target, s)),
      limits_multiplicative_wins = levels_of(around(target, s * sqrt(max(1, over$winsorised10$phi)))),
      limits_additive_wins = levels_of(around(target, wide)),
      outside998_unadjusted = outside(s), outside998_additive_wins = outside(wide)))
}

# Appendix A.1.1: the binomial quantile, interpolated between two counts.
interpolated <- function(p, n, target) {
  r <- qbinom(p, n, target); here <- pbinom(r, n, target); below <- pbinom(r - 1, n, target)
  (r - (here - p) / (here - below)) / n
}

funnel_proportion <- function(ids, x, n) {
  keep <- !is.na(n) & n > 0; ids <- ids[keep]; x <- x[keep]; n <- n[keep]
  if (length(x) < 2 || anyNA(x)) return(NULL)
  target <- sum(x) / sum(n); s <- 1 / (2 * sqrt(n)); at <- asin(sqrt(target))
  over <- overdispersion(asin(sqrt(x / n)), s, at); wide <- sqrt(s^2 + over$winsorised10$tau2)
  back <- function(s) {
    limits <- levels_of(function(p) lapply(around(at, s)(p), function(a) sin(pmin(pmax(a, 0), pi / 2))^2))
    limits
  }
  plain <- back(s); additive <- back(wide)
  list(scheme = arr(ids), x = arr(x), n = arr(n), target = target,
    normal = levels_of(around(target, sqrt(target * (1 - target) / n))),
    exact_binomial_interpolated = levels_of(function(p) list(lo = interpolated(1 - p, n, target), hi = interpolated(p, n, target))),
    arcsine = c(list(target = at), over, list(l95_unadjusted = plain$l95, l998_unadjusted = plain$l998,
      l95_additive_wins = additive$l95, l998_additive_wins = additive$l998)))
}
