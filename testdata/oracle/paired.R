# One group of people, one measure, two occasions: sections C2-C9 and C11-C13.
# A group is a data frame of `pre` and `post` with a row for every person.

quietly <- function(code) tryCatch(suppressWarnings(code), error = function(e) NULL)
exactly <- function(d) round(d, 10)                       # C1: 0.3 - 0.1 and 0.2 must tie
constant <- function(x) length(unique(exactly(x))) <= 1
spread <- function(x) if (length(x) < 2) NA_real_ else if (constant(x)) 0 else sd(x)
mean_of <- function(x) if (length(x)) mean(x) else NA_real_
correlation_of <- function(x, y) {
  if (length(x) < 2 || constant(x) || constant(y)) return(NA_real_)
  r <- cor(x, y)
  if (1 - abs(r) < 1e-14) sign(r) else r                  # points on a line: 1, not 1 - 2e-16
}
# Through the logarithm: R's pnorm and pt give 0 while there are still doubles to be had.
two_sided <- function(stat, df = Inf) exp(log(2) + pt(-abs(stat), df, log.p = TRUE))
normal_ci <- function(y, se) y + c(-1, 1) * qnorm(.975) * se

wilson <- function(x, n) {
  out <- list(x = x, n = n, p = NULL, lo = NULL, hi = NULL)
  if (is.na(x) || n < 1) return(if (is.na(x)) list(x = NULL, n = n, p = NULL, lo = NULL, hi = NULL) else out)
  ci <- suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
  list(x = x, n = n, p = x / n, lo = if (x == 0) 0 else ci[1], hi = if (x == n) 1 else ci[2])
}

describe <- function(x) list(n = length(x), mean = mean_of(x), sd = spread(x),
  median = if (length(x)) median(x), min = if (length(x)) min(x), max = if (length(x)) max(x))

counts <- function(g) {
  before <- !is.na(g$pre); after <- !is.na(g$post); paired <- sum(before & after)
  list(n_persons = nrow(g), n_baseline = sum(before), n_followup = sum(after), n_paired = paired,
       n_lost = sum(before) - paired, n_followup_only = sum(after & !before),
       completion_of_baseline = wilson(paired, sum(before)), completion_of_persons = wilson(paired, nrow(g)))
}

# C4. Tails come from pt on the log scale, so that log10_p lives where p does not.
change <- function(pre, post, good) {
  d <- post - pre; n <- length(d); s <- spread(d); steps <- sign(exactly(d)) * good
  out <- list(mean = mean_of(d), sd = s, se = s / sqrt(n), df = if (n >= 2) n - 1, ci_lo = NULL, ci_hi = NULL,
              t = NULL, p = NULL, log10_p = NULL, median = if (n) median(exactly(d)),
              n_improved_any = sum(steps > 0), n_unchanged = sum(steps == 0), n_worse_any = sum(steps < 0))
  test <- if (n >= 2 && s > 0) quietly(t.test(post, pre, paired = TRUE))
  if (!is.null(test)) {
    out$ci_lo <- test$conf.int[1]; out$ci_hi <- test$conf.int[2]
    out$t <- unname(test$statistic); out$p <- two_sided(out$t, n - 1)
    out$log10_p <- (log(2) + pt(-abs(out$t), n - 1, log.p = TRUE)) / log(10)
  }
  out[c("mean", "sd", "se", "df", "ci_lo", "ci_hi", "t", "p", "log10_p", "median", "n_improved_any", "n_unchanged", "n_worse_any")]
}

correlation <- function(pre, post) {
  r <- correlation_of(pre, post)
  ci <- if (!is.na(r) && length(pre) >= 4) quietly(cor.test(pre, post))$conf.int
  list(pearson = r, ci_lo = ci[1], ci_hi = ci[2], spearman = correlation_of(rank(pre), rank(post)))
}

# The distribution of the sum of randomly signed ranks, zeros excluded: a walk
# over twice the ranks, which are whole numbers. coin is asked as well.
exact_signed <- function(ranks, V) {
  steps <- as.integer(round(2 * ranks)); total <- sum(steps)
  mass <- c(1, numeric(total))
  for (s in steps) mass <- (mass + c(numeric(s), mass[seq_len(total + 1 - s)])) / 2
  at <- round(2 * V) + 1
  min(1, 2 * min(sum(mass[seq_len(at)]), sum(mass[at:(total + 1)])))
}
agreed_exact <- function(ranks, V, d, zeros) {
  p <- exact_signed(ranks, V)
  both <- data.frame(y = d, x = 0)
  other <- quietly(as.numeric(pvalue(wilcoxsign_test(y ~ x, both, zero.method = zeros, distribution = "exact"))))
  if (is.null(other) || abs(other - p) > 1e-9 * p + 1e-14)
    message("coin disagrees on the exact ", zeros, " p: ", format(other, digits = 17), " against ", format(p, digits = 17))
  p
}

# The k-th smallest of the Walsh averages, k possibly several.
walsh <- function(d, k) {
  values <- rle(sort(d)); x <- values$values; w <- as.numeric(values$lengths); m <- length(x)
  if (m <= 2000) {
    i <- rep(seq_len(m), m:1); j <- sequence(m:1, from = seq_len(m))
    half <- (x[i] + x[j]) / 2; weight <- ifelse(i == j, w[i] * (w[i] + 1) / 2, w[i] * w[j])
    o <- order(half); return(half[o][findInterval(k - .5, cumsum(weight[o])) + 1])
  }
  d <- sort(d); n <- length(d)                            # too many to list: halve the range until the doubles end
  at_most <- function(v) { c <- findInterval(2 * v - d, d); (sum(c) + sum(c >= seq_len(n))) / 2 }
  vapply(k, function(rank) {
    lo <- d[1] - 1; hi <- d[n]
    for (step in 1:200) { mid <- (lo + hi) / 2; if (mid <= lo || mid >= hi) break; if (at_most(mid) >= rank) hi <- mid else lo <- mid }
    hi
  }, 0)
}
hodges_lehmann <- function(d) {
  total <- length(d) * (length(d) + 1) / 2
  if (total < 1) return(NA_real_)
  mean(walsh(d, c(floor((total + 1) / 2), floor(total / 2) + 1)))
}

wilcoxon <- function(d) {
  d <- exactly(d); x <- d[d != 0]; n <- length(x); ranks <- rank(abs(x)); V <- sum(ranks[x > 0]); away <- V - n * (n + 1) / 4
  out <- list(n_pairs = length(d), n_zero = length(d) - n, n_nonzero = n, ties_in_nonzero = anyDuplicated(abs(x)) > 0,
    V_plus = V, V_minus = sum(ranks[x < 0]), p_r_default = NULL, r_default_method = NULL, z_nocc = NULL, p_normal_nocc = NULL,
    z_cc = NULL, p_normal_cc = NULL, p_exact = NULL, z_pratt = NULL, p_pratt_normal = NULL, p_pratt_exact = NULL,
    rank_biserial = NULL, hodges_lehmann = hodges_lehmann(d))
  keys <- c("n_pairs", "n_zero", "n_nonzero", "ties_in_nonzero", "V_plus", "V_minus", "p_r_default", "r_default_method", "z_nocc",
    "p_normal_nocc", "z_cc", "p_normal_cc", "p_exact", "z_pratt", "p_pratt_normal", "p_pratt_exact", "rank_biserial", "hodges_lehmann")
  if (n > 0) {
    r <- suppressWarnings(wilcox.test(d)); t <- table(ranks)
    sigma <- sqrt(n * (n + 1) * (2 * n + 1) / 24 - sum(t^3 - t) / 48)
    out$z_nocc <- away / sigma; out$z_cc <- (away - sign(away) * .5) / sigma
    out$p_normal_nocc <- two_sided(out$z_nocc); out$p_normal_cc <- min(1, two_sided(out$z_cc))
    out$p_r_default <- if (r$p.value > 0) r$p.value else out$p_normal_cc; out$r_default_method <- r$method
    pratt <- rank(abs(d))[d != 0]; high <- sum(pratt[x > 0])
    out$z_pratt <- (high - sum(pratt) / 2) / sqrt(sum(pratt^2) / 4); out$p_pratt_normal <- two_sided(out$z_pratt)
    if (n <= 200) {
      out$p_exact <- agreed_exact(ranks, V, d, "Wilcoxon"); out$p_pratt_exact <- agreed_exact(pratt, high, d, "Pratt")
    }
    out$rank_biserial <- (V - out$V_minus) / (V + out$V_minus)
  }
  out <- out[keys]; names(out) <- keys
  out
}

# C11. Expected change of a group measured again, without any change of anybody.
regression <- function(pre, post, m) {
  n <- length(pre); d <- post - pre; r <- correlation_of(pre, post)
  rel <- given(m$rel); mu <- given(m$pop_mean); s <- given(m$pop_sd); cut <- given(m$cutoff)
  side <- if (is.null(m$cutoff_side)) "" else m$cutoff_side
  z <- switch(side, above = (cut - mu) / s, below = (mu - cut) / s, NA_real_)
  hazard <- exp(dnorm(z, log = TRUE) - pnorm(z, lower.tail = FALSE, log.p = TRUE))
  size <- s * (1 - rel) * hazard
  enough <- n > 2 && !is.na(r)
  oldham <- if (n > 2) correlation_of((pre + post) / 2, d) else NA_real_
  if (!enough) oldham <- NA_real_
  expected <- (1 - rel) * (mu - mean_of(pre))
  list(pop_mean = mu, rho = rel, expected_change_rho = expected, net_change_rho = mean_of(d) - expected,
    expected_change_sample_r = (1 - r) * (mu - mean_of(pre)),
    cutoff = list(cutoff = cut, side = m$cutoff_side, pop_sd = s, z = z, C_z = hazard, rtm_effect_magnitude = size,
      expected_change = if (side == "above") -size else size),
    slope_post_on_pre = if (enough) unname(coef(lm(post ~ pre))[2]),
    r_baseline_change = if (enough) correlation_of(pre, d), oldham_r = oldham,
    oldham_p = if (!is.na(oldham) && abs(oldham) < 1) cor.test((pre + post) / 2, d)$p.value)
}
given <- function(x) if (is.null(x)) NA_real_ else as.numeric(x)

# C12 and C17. Tests need two people in each group and some spread in one of them.
attrition <- function(stayed, lost) {
  n <- length(stayed) + length(lost) - 2
  out <- list(completers = describe(stayed), lost = describe(lost), diff_lost_minus_completers = mean_of(lost) - mean_of(stayed))
  able <- length(stayed) >= 2 && length(lost) >= 2 && (spread(stayed) > 0 || spread(lost) > 0)
  welch <- if (able) quietly(t.test(lost, stayed)); student <- if (able) quietly(t.test(lost, stayed, var.equal = TRUE))
  sums <- if (able) quietly(wilcox.test(lost, stayed))
  smd <- if (able) out$diff_lost_minus_completers / pooled_sd(stayed, lost)
  c(out, list(welch_t = unname(welch$statistic), welch_df = unname(welch$parameter), welch_p = welch$p.value,
    welch_ci_lo = welch$conf.int[1], welch_ci_hi = welch$conf.int[2], student_p = student$p.value,
    smd_pooled = smd, smd_hedges = if (able) smd * J_exact(n),
    ranksum_W = unname(sums$statistic), ranksum_p_r_default = sums$p.value))
}
pooled_sd <- function(a, b) sqrt(((length(a) - 1) * spread(a)^2 + (length(b) - 1) * spread(b)^2) / (length(a) + length(b) - 2))

# C13. Everybody with a baseline; `rci` carries the counts against the fixed SD.
bounds <- function(pre, d, lost, rci, m) {
  n <- length(pre) + length(lost); everyone <- c(d, numeric(length(lost)))
  end <- function(best) { e <- if (best == higher_is_better(m)) given(m$max) else given(m$min); if (n && !is.na(e)) mean(c(d, e - lost)) }
  flat <- n < 2 || constant(everyone)
  test <- if (!flat) quietly(t.test(everyone))
  up <- if (is.null(rci$improved$x)) NA else rci$improved$x; down <- if (is.null(rci$deteriorated$x)) NA else rci$deteriorated$x
  list(n_denominator = n, n_lost = length(lost), mean_change_best_case = end(TRUE), mean_change_worst_case = end(FALSE),
    bocf = list(mean = mean_of(everyone), sd = spread(everyone), ci_lo = test$conf.int[1], ci_hi = test$conf.int[2],
      t = unname(test$statistic), p = if (!is.null(test)) two_sided(unname(test$statistic), n - 1)),
    improved_worst = wilson(up, n), improved_best = wilson(up + length(lost), n),
    deteriorated_best = wilson(down, n), deteriorated_worst = wilson(down + length(lost), n))
}
higher_is_better <- function(m) !identical(m$higher_is_better, FALSE)

group <- function(g, m) {
  before <- !is.na(g$pre); both <- before & !is.na(g$post)
  pre <- g$pre[both]; post <- g$post[both]; d <- post - pre; lost <- g$pre[before & !both]
  good <- if (higher_is_better(m)) 1 else -1
  fixed <- reliable("fixed", given(m$sd_ref), given(m$rel), d * good)
  list(counts = counts(g), baseline_all = describe(g$pre[before]), baseline_paired = describe(pre), followup_paired = describe(post),
    change = change(pre, post, good), correlation = correlation(pre, post), wilcoxon = wilcoxon(d), effect = effect(pre, post),
    rci_fixed_sd = fixed, rci_baseline_sd = reliable("baseline_all", spread(g$pre[before]), given(m$rel), d * good),
    regression_to_mean = regression(pre, post, m), attrition = attrition(pre, lost), bounds = bounds(pre, d, lost, fixed, m))
}
