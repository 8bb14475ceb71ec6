# Nothing varies, nobody came back, one person alone: what breaks formulas.
swb <- function(...) list(measure("swb", rel = .85, sd_ref = 4.5, min = 7, max = 35, pop_mean = 23.5, pop_sd = 4, cutoff = 22, cutoff_side = "below", ...))
three <- c("Garden", "Choir", "Walk")

make("ceiling", "everybody at the ceiling, before and after", function() { x <- matrix(35, 30, 2); x[28:30, 2] <- NA; list(of(three, c(10, 12, 8)), swb(), x, compare = list(c("scheme", "Choir"))) })
make("floor_before", "everybody at the floor before: no SD, no correlation", function() { x <- cbind(0, sample(0:6, 30, TRUE)); x[c(1, 15), 2] <- NA
  list(of(three, c(10, 12, 8)), list(measure("low", higher = FALSE, rel = .8, sd_ref = 4, min = 0, max = 27, pop_mean = 3)), x, compare = list(c("scheme", "Walk"))) })
make("same_after", "everybody the same after", function() { x <- cbind(sample(10:20, 30, TRUE), 21); x[c(1, 15), 2] <- NA; list(of(three, c(10, 12, 8)), swb(), x, compare = list(c("scheme", "Walk"))) })
make("no_change", "nobody changed", function() { pre <- sample(10:30, 40, TRUE); x <- cbind(pre, pre); x[1:5, 2] <- NA; list(of(three, c(15, 15, 10)), swb(), unname(x), compare = list(c("scheme", "Choir"))) })
make("same_change", "everybody gained 0.2: differences of decimals that are equal", function() { pre <- sample(seq(1, 4, .1), 40, TRUE); x <- cbind(pre, pre + .2); x[1:5, 2] <- NA
  list(of(three, c(15, 15, 10)), list(measure("m", 1, rel = .8, sd_ref = 1, min = 0, max = 6, pop_mean = 3)), unname(x), compare = list(c("scheme", "Choir"))) })
make("same_change_by_arm", "each arm gained its own constant: nothing is left to err with", function() { pre <- sample(seq(10, 30), 40, TRUE); arm <- rep(c("a", "b"), 20)
  list(of(three, c(15, 15, 10)), swb(), unname(cbind(pre, pre + ifelse(arm == "a", 2, -1))), groups = list(arm = arm), compare = list(c("arm", "a"))) })
make("one_scheme", "a single scheme", function() list(rep("Garden", 25), swb(), drawn(25, 20, 4, 2, within = c(7, 35)), groups = list(arm = rep(c("x", "y", NA, "x", "y"), 5)), compare = list(c("arm", "x"), c("scheme", "Garden"))))
make("nobody_lost", "everybody came back", function() list(of(three, c(15, 15, 10)), swb(), drawn(40, 20, 4, 2, lost = 0, within = c(7, 35)), compare = list(c("scheme", "Choir"))))
make("nobody_came_back", "nobody has a later score", function() list(of(three, c(15, 15, 10)), swb(), drawn(40, 20, 4, 2, lost = 1.1, within = c(7, 35)), compare = list(c("scheme", "Choir"))))
make("later_scores_only", "scores after, none before, in part of the schemes", function() { x <- drawn(40, 20, 4, 2, lost = .1, within = c(7, 35)); x[1:15, 1] <- NA; x[sample(16:40, 6), 1] <- NA; list(of(three, c(15, 15, 10)), swb(), x, compare = list(c("scheme", "Choir"))) })
make("people_without_scores", "people without any score, a scheme of nothing else", function() { x <- drawn(40, 20, 4, 2, within = c(7, 35)); x[c(3, 9, 20, 31:40), ] <- NA; list(of(three, c(15, 15, 10)), swb(), x, compare = list(c("scheme", "Choir"))) })
make("negative_scores", "scores on both sides of 0", function() list(of(three, c(15, 15, 10)), list(measure("m", rel = .8, sd_ref = 6, min = -20, max = 20, pop_mean = 0, pop_sd = 6, cutoff = -3, cutoff_side = "below")), drawn(40, -4, 6, 2, within = c(-20, 20))))
make("large_scores", "scores of tens of thousands, with pence", function() list(of(schemes6, c(15, 15, 10, 12, 9, 20)), list(measure("cost", 2, FALSE, rel = .6, sd_ref = 9000, min = 0, pop_mean = 21000, pop_sd = 9000, cutoff = 30000, cutoff_side = "above")), drawn(81, 34000, 9000, -2500, decimals = 2, within = c(0, 1e5)), compare = list(c("scheme", "Books"))))
make("steps", "scores in thousands of steps, large and whole", function() list(of(schemes6, c(15, 15, 10, 12, 9, 20)), list(measure("steps", rel = .7, sd_ref = 2500, min = 0, max = 40000)), drawn(81, 5000, 2500, 900, within = c(0, 40000)), compare = list(c("scheme", "Books"))))
make("groups", "several columns to compare by, blank cells, a person alone, a tiny reference", function() {
  n <- 60; site <- sample(c("east", "west", "north"), n, TRUE); site[c(4, 9, 17)] <- NA; alone <- rep("many", n); alone[7] <- "alone"; x <- drawn(n, 20, 4, 2, lost = .2, within = c(7, 35)); x[c(1:3, 7, 12), 2] <- c(20, 25, 21, 19, 22)
  tiny <- sample(c("p", "q"), n, TRUE); tiny[1:2] <- "ref"; tiny[c(20, 21)] <- NA; empty <- rep(NA_character_, n); one <- rep("all", n); gone <- rep(c("u", "v"), 30); gone[3] <- "nobody back"; x[3, 2] <- NA
  list(of(three, c(25, 20, 15)), swb(), x, groups = list(site = site, alone = alone, tiny = tiny, empty = empty, one = one, gone = gone),
    compare = list(c("site", "west"), c("alone", "many"), c("tiny", "ref"), c("empty", "x"), c("one", "all"), c("gone", "u"), c("gone", "nobody back"), c("scheme", "Walk"))[-7])
})
make("reference_alone", "the reference group is one person", function() { x <- drawn(20, 20, 4, 2, lost = 0, within = c(7, 35)); list(of(three, c(8, 7, 5)), swb(), x, groups = list(arm = c("ref", rep(c("a", "b"), length.out = 19))), compare = list(c("arm", "ref"))) })
make("baseline_is_the_group", "the baseline is the same within each group", function() { arm <- rep(c("a", "b", "c"), 8); pre <- c(a = 10, b = 15, c = 20)[arm]; list(of(three, c(8, 8, 8)), swb(), unname(cbind(pre, pre + sample(-2:5, 24, TRUE))), groups = list(arm = arm), compare = list(c("arm", "b"), c("scheme", "Garden"))) })
make("just_enough", "fewest people that an analysis of covariance takes", function() list(of(c("A", "B"), c(3, 2)), swb(), rbind(c(10, 14), c(12, 15), c(20, 21), c(11, 19), c(19, 22), c(14, NA))[1:5, ], groups = list(arm = c("a", "a", "b", "b", NA)), compare = list(c("arm", "a"), c("scheme", "A"))))
make("awkward_names", "names with commas, quotes, accents and a pipe", function() list(of(c("Garden, west", "\"Choir\"", "Café São João", "N'y|a", "zumba", "Zumba", "Étude", "10 steps", "9 steps"), c(9, 8, 7, 7, 6, 6, 5, 5, 5)), swb(), drawn(58, 20, 4, 2, within = c(7, 35)),
  groups = list(`group, of "people"` = rep(c("naïve", "a,b"), 29)), compare = list(c("group, of \"people\"", "a,b"), c("scheme", "Étude"))))
make("identical_schemes", "four schemes with the same scores: Q is 0", function() { x <- drawn(12, 20, 4, 2, lost = .2, within = c(7, 35)); list(rep(c("A", "B", "C", "D"), each = 12), swb(), rbind(x, x, x, x), compare = list(c("scheme", "B"))) })
make("schemes_far_apart", "schemes with very different changes", function() { shift <- rep(c(-9, 0, 4, 11), c(30, 25, 20, 15)); list(of(c("A", "B", "C", "D"), c(30, 25, 20, 15)), list(measure("m", 1, rel = .8, sd_ref = 6, min = 0, max = 100, pop_mean = 50)), drawn(90, 45, 6, shift, noise = 2, decimals = 1, within = c(0, 100)), compare = list(c("scheme", "A"))) })
make("steep_and_small", "2 to 5 people with large, even changes: t of 10 to 40", function() list(of(c("Two", "Three", "Four", "Five", "Near 30"), c(2, 3, 4, 5, 6)), list(measure("m", 1, rel = .9, sd_ref = 5, min = 0, max = 50)),
  cbind(c(10, 14, 11, 15, 12.5, 9, 12, 10, 16, 8, 10, 14, 13, 12, 10, 12, 14, 11, 13, 9), c(20, 24.9, 20.9, 25, 22.6, 19.2, 21.8, 20.1, 25.9, 17.9, 20.3, 23.8, 23, 22.5, 20.6, 22.1, 24.4, 21, 23.8, 19.4))))
make("all_up", "everybody gained, nobody the same", function() { pre <- round(rnorm(30, 20, 5), 1); list(of(three, c(12, 10, 8)), list(measure("m", 1, rel = .8, sd_ref = 5)), unname(cbind(pre, pre + seq_len(30) / 10)), compare = list(c("scheme", "Choir"))) })
make("line_down", "after is a falling line of before: r is -1", function() { pre <- 11:30; list(of(three, c(8, 7, 5)), list(measure("m", rel = .8, sd_ref = 5, min = 0, max = 60, pop_mean = 25)), cbind(pre, 50 - pre), compare = list(c("scheme", "Choir"))) })
make("one_person", "one person", function() list("Garden", swb(), matrix(c(18, 22), 1), compare = list(c("scheme", "Garden"))))
make("two_people", "two people of two schemes", function() list(c("Garden", "Choir"), swb(), rbind(c(18, 22), c(20, 21)), compare = list(c("scheme", "Garden"))))
make("no_mean_signed_rank", "V lies at its mean: the correction is 0", function() list(rep(c("A", "B"), each = 4), swb(), rbind(c(10, 12), c(12, 10), c(15, 18), c(18, 15), c(20, 21), c(21, 20), c(15, 15), c(16, 20))[c(1:7, 7), ]))
