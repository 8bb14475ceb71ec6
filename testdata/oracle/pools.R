# Schemes' estimates and variances alone: pooling and funnels at their edges.
pools <- file.path(to, "pools"); dir.create(pools, recursive = TRUE, showWarnings = FALSE)
pool <- function(name, y, v) {
  fwrite(data.frame(study = sprintf("S%03d", seq_along(y)), yi = sprintf("%.17g", y), vi = sprintf("%.17g", v)), file.path(pools, paste0(name, ".csv")))
}
# Variances that are drawn, and estimates about a mean with the SD tau between schemes.
drawn_pool <- function(name, k, mean, tau, variances, also = identity) {
  own_seed(name)
  v <- variances(k); y <- rnorm(k, mean, sqrt(tau^2 + v))
  pool(name, also(y), v)
}
between_two <- function(low, high) function(k) runif(k, low, high)
over_powers <- function(low, high) function(k) 10^runif(k, low, high)
long_tail <- function(k) .02 + rexp(k, 8)

pool("k1", 1.3, .2)
pool("k2", c(1.3, 2.9), c(.2, .35))
pool("k2_close", c(1.3, 1.31), c(.2, .35))
pool("k2_identical", c(1.3, 1.3), c(.2, .2))
pool("k3", c(.4, 1.9, -.3), c(.1, .2, .15))
pool("k5", c(2.1, 1.4, 3.3, .2, 1.8), c(.4, .3, .9, .25, .5))
drawn_pool("k28", 28, 1.5, .5, long_tail)
drawn_pool("k102", 102, 1.5, .5, long_tail)
drawn_pool("k102_no_tau2", 102, 1.5, 0, long_tail, function(y) 1.5 + .6 * (y - 1.5))
pool("identical", rep(1.7, 6), c(.1, .4, .2, .7, .3, .3))
pool("identical_tenths", rep(.1, 10), rep(.3, 10))
drawn_pool("outlier", 20, 1, .2, long_tail, function(y) c(y[-1], 40))
drawn_pool("variances_far_apart", 15, 1, .3, over_powers(-4, 2))
drawn_pool("variances_very_far_apart", 12, 1, .01, over_powers(-9, 3))
drawn_pool("tau2_zero", 10, 1, 0, between_two(.1, .5), function(y) 1 + .3 * (y - 1))
drawn_pool("tau2_huge", 10, 0, 60, between_two(.01, .05))
drawn_pool("large_scores", 9, -2500, 1500, between_two(1e6, 6e6))
drawn_pool("small_scores", 9, .01, .0015, between_two(1e-6, 6e-6))
pool("negative", -c(2.1, 1.4, 3.3, .2, 1.8, 2.2), c(.4, .3, .9, .25, .5, .01))
pool("around_zero", c(-1, 1, -2, 2), c(.3, .3, .4, .4))
# Q a little above k - 1, so that tau2 is a little above 0.
near <- c(.21, -.4, .9, -1.1, .3, .7, -.2, -.5); width <- c(.2, .35, .15, .4, .5, .25, .3, .1)
near <- near - sum(near / width) / sum(1 / width)
pool("tau2_near_zero", 3 + near * sqrt(7.02 / sum(near^2 / width)), width)
