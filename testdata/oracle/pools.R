# Schemes' estimates and variances alone: pooling and funnels at their edges.
pools <- file.path(to, "pools"); dir.create(pools, recursive = TRUE, showWarnings = FALSE)
pool <- function(name, y, v) {
  number <<- number + 1
  fwrite(data.frame(study = sprintf("S%03d", seq_along(y)), yi = sprintf("%.17g", y), vi = sprintf("%.17g", v)), file.path(pools, paste0(name, ".csv")))
}
spread_out <- function(k, mean, tau, v) rnorm(k, mean, sqrt(tau^2 + v))
set.seed(seed + 1L)
pool("k1", 1.3, .2)
pool("k2", c(1.3, 2.9), c(.2, .35))
pool("k2_close", c(1.3, 1.31), c(.2, .35))
pool("k2_identical", c(1.3, 1.3), c(.2, .2))
pool("k3", c(.4, 1.9, -.3), c(.1, .2, .15))
pool("k5", c(2.1, 1.4, 3.3, .2, 1.8), c(.4, .3, .9, .25, .5))
for (k in c(28, 102)) { v <- .02 + rexp(k, 8); pool(paste0("k", k), spread_out(k, 1.5, .5, v), v) }
pool("k102_no_tau2", spread_out(102, 1.5, 0, v) * .6, v)
pool("identical", rep(1.7, 6), c(.1, .4, .2, .7, .3, .3))
pool("identical_tenths", rep(.1, 10), rep(.3, 10))
v <- .05 + rexp(20, 10); pool("outlier", c(spread_out(19, 1, .2, v[-1]), 40), v)
v <- 10^runif(15, -4, 2); pool("variances_far_apart", spread_out(15, 1, .3, v), v)
v <- 10^runif(12, -9, 3); pool("variances_very_far_apart", spread_out(12, 1, .01, v), v)
v <- runif(10, .1, .5); pool("tau2_zero", 1 + (spread_out(10, 0, 0, v)) * .3, v)
v <- runif(10, .01, .05); pool("tau2_huge", spread_out(10, 0, 60, v), v)
v <- runif(8, .1, .5); pool("tau2_near_zero", { y <- rnorm(8); w <- 1 / v; y <- y - sum(w * y) / sum(w); 3 + y * sqrt(7.02 / sum(w * y^2)) }, v)
v <- runif(9, 1e6, 6e6); pool("large_scores", spread_out(9, -2500, 1500, v), v)
v <- runif(9, 1e-6, 6e-6); pool("small_scores", spread_out(9, .01, .0015, v), v)
pool("negative", -c(2.1, 1.4, 3.3, .2, 1.8, 2.2), c(.4, .3, .9, .25, .5, .01))
pool("around_zero", c(-1, 1, -2, 2), c(.3, .3, .4, .4))
