# Scales, settings, occasions, and groups of many sizes.
schemes6 <- c("Allotment", "Books", "Choir", "Dance", "Eat well", "Football")

make("lower_is_better", "a symptom score where less is better, entry at 10 or more", function() list(
  of(schemes6, c(60, 45, 40, 35, 30, 30)), list(measure("low", higher = FALSE, rel = .84, sd_ref = 5.2, min = 0, max = 27, pop_mean = 8, pop_sd = 5.5, cutoff = 10, cutoff_side = "above")),
  drawn(240, 14, 5, -3, within = c(0, 27)), groups = list(arm = sample(c("link worker", "leaflet"), 240, TRUE)), compare = list(c("arm", "leaflet"), c("scheme", "Books"))))
make("one_decimal", "scores with one decimal, no limits", function() list(
  of(schemes6[1:4], c(25, 20, 18, 12)), list(measure("rating", 1, FALSE, rel = .8, sd_ref = 1.1, pop_mean = 3.2, pop_sd = 1.2)),
  drawn(75, 4, 1.1, -.6, decimals = 1), groups = list(arm = rep(c("A", "B", "C"), 25)), compare = list(c("arm", "B"))))
make("two_decimals", "a metric score with two decimals", function() list(
  of(schemes6, c(30, 30, 20, 20, 15, 10)), list(measure("metric", 2, rel = .83, sd_ref = 3.9, min = 7, max = 35, pop_mean = 23.61, pop_sd = 3.9, cutoff = 19.98, cutoff_side = "below")),
  drawn(125, 20, 4, 1.4, decimals = 2, within = c(7, 35)), compare = list(c("scheme", "Football"))))
make("three_decimals", "an index with three decimals, partly below 0", function() list(
  of(schemes6[1:3], c(50, 41, 33)), list(measure("index", 3, rel = .7, sd_ref = .25, min = -.594, max = 1, pop_mean = .85, pop_sd = .2)),
  drawn(124, .55, .25, .06, decimals = 3, within = c(-.594, 1)), groups = list(sex = rep(c("f", "m"), 62)), compare = list(c("sex", "m"), c("scheme", "Choir"))))
make("no_settings", "nothing is known of the measure", function() list(
  of(schemes6[1:3], c(20, 20, 15)), list(measure("bare")), drawn(55, 30, 8, 2), compare = list(c("scheme", "Allotment"))))
make("rel_without_sd_ref", "a reliability without a reference SD", function() list(
  of(schemes6[1:3], c(20, 20, 15)), list(measure("m", rel = .9, min = 0, max = 60, pop_mean = 33)), drawn(55, 30, 8, 2, within = c(0, 60))))
make("sd_ref_without_rel", "a reference SD without a reliability, and one end of the scale", function() list(
  of(schemes6[1:3], c(20, 20, 15)), list(measure("m", sd_ref = 8, max = 60, pop_mean = 33, pop_sd = 8, cutoff = 28, cutoff_side = "below")), drawn(55, 30, 8, 2, within = c(0, 60))))
make("no_pop_mean", "entry by a cut-off in a population of unknown mean", function() list(
  of(schemes6[1:2], c(30, 25)), list(measure("m", higher = FALSE, rel = .8, sd_ref = 8, min = 0, max = 60, pop_sd = 8, cutoff = 35, cutoff_side = "above")), drawn(55, 40, 8, -2, within = c(0, 60))))
make("far_cutoff", "cut-offs far out on either side", function() list(
  of(schemes6[1:2], c(30, 25)), list(measure("high", higher = FALSE, rel = .8, sd_ref = 4, min = 0, max = 100, pop_mean = 20, pop_sd = 2.5, cutoff = 48, cutoff_side = "above"),
    measure("low", rel = .8, sd_ref = 4, min = 0, max = 100, pop_mean = 80, pop_sd = 3, cutoff = 99, cutoff_side = "below")),
  list(drawn(55, 50, 4, -2, within = c(0, 100)), drawn(55, 60, 9, 5, within = c(0, 100)))))

occasions <- function(n, mean, sd, gains, decimals, within = c(-Inf, Inf), stay = .85) {
  pre <- rnorm(n, mean, sd); x <- cbind(pre, sapply(gains, function(g) pre + g + rnorm(n, 0, sd / 2)))
  x <- pmin(pmax(round(x, decimals), within[1]), within[2])
  for (t in seq_along(gains)) x[runif(n) > stay^t, t + 1] <- NA
  x[runif(n) < .04, 1] <- NA
  unname(x)
}
make("two_measures_four_times", "two measures at four times", function() list(
  of(schemes6, c(22, 18, 15, 15, 10, 5)), list(measure("wellbeing", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4), measure("anxiety", higher = FALSE, rel = .75, sd_ref = 2.6, min = 0, max = 10, pop_mean = 3.1, pop_sd = 2.7)),
  list(occasions(85, 20, 4.5, c(1, 2, 2.5), 0, c(7, 35)), occasions(85, 6, 2.5, c(-.5, -1, -1.2), 0, c(0, 10))), times = c("start", "week 6", "week 12", "month 6"),
  groups = list(arm = rep(c("now", "later", "now", "now", "later"), 17)), compare = list(c("arm", "later"))))
make("three_measures_three_times", "three measures of different grain at three times", function() list(
  of(schemes6[1:4], c(22, 18, 12, 6)), list(measure("a", 1, rel = .85, sd_ref = 4.5), measure("b.x", 2, FALSE, rel = .7, sd_ref = .9, min = 0, max = 6), measure("c", 0, min = 1, max = 5)),
  list(occasions(58, 20, 4.5, c(1, 2), 1), occasions(58, 3, 1, c(-.4, -.5), 2, c(0, 6)), occasions(58, 3, 1, c(.3, .2), 0, c(1, 5))), times = c("t0", "t1", "t2"), compare = list(c("scheme", "Dance"))))

make("tiny_schemes", "schemes with 0, 1, 2, 3 and 4 people measured twice", function() {
  scheme <- of(c("None", "One", "Two", "Three", "Four", "Many"), c(4, 3, 4, 3, 5, 40)); x <- drawn(59, 20, 5, 2, lost = 0, within = c(7, 35))
  x[c(1:4, 5:6, 8:9, 16), 2] <- NA; x[4, 1] <- NA
  list(scheme, list(measure("swb", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4, cutoff = 22, cutoff_side = "below")), x, compare = list(c("scheme", "Many"), c("scheme", "One")))
})
make("twenty_eight_schemes", "28 schemes, half of them without any follow-up", function() {
  scheme <- of(sprintf("Scheme %d", 1:28), sample(3:40, 28, TRUE)); n <- length(scheme); shift <- rnorm(28, 1.5, 1.2)[match(scheme, unique(scheme))]
  x <- drawn(n, 20, 5, shift, within = c(7, 35), lost = .25); x[match(scheme, unique(scheme)) %% 2 == 0, 2] <- NA
  list(scheme, list(measure("swb", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4)), x, compare = list(c("scheme", "Scheme 1")))
})
make("two_against_many", "2 people against 500", function() {
  scheme <- of(c("Pilot", "Main"), c(2, 500)); x <- drawn(502, 24, 6, 1, lost = 0, within = c(0, 50)); x[3:60, 2] <- NA
  list(scheme, list(measure("m", rel = .8, sd_ref = 6, min = 0, max = 50, pop_mean = 28)), x, groups = list(arm = scheme), compare = list(c("arm", "Pilot"), c("scheme", "Main")))
})
make("heavy_ties", "a scale of three points", function() list(
  of(schemes6[1:3], c(100, 90, 60)), list(measure("three", rel = .6, sd_ref = .7, min = 0, max = 2)), drawn(250, 1, .7, .3, noise = .6, within = c(0, 2)), compare = list(c("scheme", "Choir"))))
for (n in c(49, 50)) make(paste0("no_ties_", n), paste(n, "people, no ties and no zeros"), function() {
  d <- sample(c(-1, 1), n, TRUE, c(.3, .7)) * sample(seq_len(3 * n), n); pre <- 500 + 7 * sample(seq_len(4 * n), n)
  x <- cbind(c(pre, 501 + 7 * seq_len(n)), c(pre + d, rep(NA, n)))
  list(of(c("Even", "Odd"), c(n, n))[order(rep(seq_len(n), 2))], list(measure("time", higher = FALSE, rel = .9, sd_ref = 300, min = 0)), x, compare = list(c("scheme", "Odd")))
})
make("nonzero_around_200", "199, 200 and 201 changes that are not 0", function() {
  one <- function(nonzero, levels) { pre <- sample(100:160, 230, TRUE); d <- c(sample(c(-levels:-1, 1:levels), nonzero, TRUE, c(rep(.6, levels), rep(1.4, levels))), numeric(230 - nonzero)); unname(cbind(pre, pre + sample(d))) }
  list(of(c("North", "South"), c(120, 110)), list(measure("n199", rel = .8, sd_ref = 17), measure("n200", rel = .8, sd_ref = 17), measure("n201", rel = .8, sd_ref = 17)), list(one(199, 12), one(200, 40), one(201, 12)))
})
make("large", "20,000 people, p below 1e-300", function() {
  scheme <- sample(schemes6, 20000, TRUE, c(8, 6, 4, 2, 1, .05)); pre <- round(pmin(pmax(rnorm(20000, 20, 5), 7), 35))
  after <- function(gain) { x <- pmin(pmax(round(pre + gain + rnorm(20000, 0, 3)), 7), 35); x[runif(20000) < .3] <- NA; x }
  settings <- list(rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4, cutoff = 22, cutoff_side = "below")
  list(scheme, list(do.call(measure, c("huge", settings)), do.call(measure, c("clear", settings)), do.call(measure, c("faint", settings))),
    list(cbind(pre, after(3)), cbind(pre, after(.6)), cbind(pre, after(.12))), groups = list(arm = sample(c("now", "later", NA), 20000, TRUE, c(5, 4, 1))), compare = list(c("arm", "later"), c("scheme", "Football")))
})
make("three_large_schemes", "three large schemes with different shares lost: R's fisher.test has no room", function() {
  scheme <- of(schemes6[1:3], c(3000, 2500, 2000)); x <- drawn(7500, 20, 5, 1, within = c(7, 35)); x[sample(which(scheme == "Books"), 300), 2] <- NA
  list(scheme, list(measure("swb", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4)), x)
})
make("two_large_schemes", "two large schemes with different shares lost", function() {
  scheme <- of(schemes6[1:2], c(900, 700)); x <- drawn(1600, 20, 5, 1, within = c(7, 35)); x[sample(which(scheme == "Books"), 200), 2] <- NA
  list(scheme, list(measure("swb", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4)), x)
})
