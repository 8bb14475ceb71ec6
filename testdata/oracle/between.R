# C10 and C12: schemes and groups beside each other.

# R's fisher.test stops when its workspace is too small, so more is offered, up to a limit.
exact_table <- function(table) {
  for (room in c(2e5, 2e6, 2e7, 2e8)) {
    p <- quietly(fisher.test(table, workspace = room)$p.value)
    if (!is.null(p)) return(p)
  }
}

completion_by_scheme <- function(groups) {
  groups <- Filter(function(g) g$counts$n_baseline > 0, groups)
  done <- vapply(groups, function(g) as.numeric(g$counts$n_paired), 0); lost <- vapply(groups, function(g) as.numeric(g$counts$n_lost), 0)
  if (length(groups) < 2 || sum(done) == 0 || sum(lost) == 0) return(NULL)
  table <- cbind(unname(done), unname(lost)); test <- suppressWarnings(chisq.test(table, correct = FALSE))
  fisher <- if (nrow(table) <= 3) exact_table(table)
  list(groups = arr(names(groups)), completed = arr(unname(done)), lost = arr(unname(lost)), chisq_nocc = unname(test$statistic),
    df = unname(test$parameter), p = test$p.value, fisher_p = fisher, min_expected = min(test$expected))
}

tail_F <- function(F, df1, df2) list(F = F, df1 = df1, df2 = df2, p = if (is.na(F)) NA else pf(F, df1, df2, lower.tail = FALSE))

# F for the terms that `large` adds, null when it adds none or leaves nothing to err with.
added <- function(small, large, post) {
  df1 <- small$df.residual - large$df.residual; df2 <- large$df.residual
  if (df1 < 1 || df2 < 1 || perfect(large, post)) return(list(F = NULL, df1 = df1, df2 = df2, p = NULL))
  F <- anova(small, large)$F[2]
  tail_F(if (is.na(F)) 0 else F, df1, df2)                # what is added is 0, and rounding made it less: R says NA
}
perfect <- function(fit, post) sum(fit$residuals^2) <= 1e-22 * max(sum(post^2), 1e-300)

# car::hccm, which refuses somebody alone in a group, as (1 - h)^2 is 0. It also stops
# (on a variable of its own) where the matrix is singular for want of residuals, though
# the definition holds: there the definition is used.
hc3_errors <- function(fit) {
  h <- hatvalues(fit)
  if (max(h) > 1 - 1e-8) return(NULL)
  V <- quietly(hccm(fit, type = "hc3"))
  if (is.null(V)) {
    X <- model.matrix(fit)[, !is.na(coef(fit)), drop = FALSE]; A <- summary(fit)$cov.unscaled %*% t(X)
    V <- A %*% (residuals(fit)^2 / (1 - h)^2 * t(A))
  }
  sqrt(diag(V))
}

ancova <- function(pre, post, group) {
  levels <- levels(group); centre <- mean(pre)
  fit <- lm(post ~ pre + group)
  blind <- anyNA(coef(fit)[-2])                           # the baseline says who is in which group: nothing can be told apart
  level <- is.na(coef(fit)[2]) && !blind                  # one baseline for everybody: no slope, and nothing to adjust
  df <- fit$df.residual; exact <- perfect(fit, post); about <- quietly(summary(fit)); b <- coef(fit)
  total <- sum((post - mean(post))^2); sigma <- if (exact) 0 else about$sigma; error <- about$coefficients[, 2] * (if (exact) 0 else 1)
  at <- cbind(1, centre, model.matrix(~group, data.frame(group = factor(levels, levels)))[, -1, drop = FALSE])
  if (level) { at <- at[, -2]; b <- b[-2] }
  seen <- as.vector(at %*% b); seen_se <- if (!blind) sqrt(rowSums((at %*% about$cov.unscaled) * at)) * sigma
  if (blind) { b[] <- NA; error[] <- NA; seen[] <- NA; seen_se <- seen }
  robust <- if (blind) NULL else if (exact) abs(0 * b) else hc3_errors(fit)
  contrast <- function(level) {
    name <- paste0("group", level); d <- unname(b[name]); se <- unname(error[name]); h <- unname(robust[name])
    t <- if (exact) NA_real_ else d / se; reach <- if (exact) c(NA, NA) else d + c(-1, 1) * qt(.975, df) * se
    list(vs = levels[1], adjusted_diff = d, se = se, t = t, p = 2 * pt(-abs(t), df), ci_lo = reach[1], ci_hi = reach[2],
      se_hc3 = h, p_hc3 = if (length(h) && !is.na(h) && h > 0) 2 * pt(-abs(d / h), df))
  }
  list(df_resid = df, sigma = sigma, r_squared = if (constant(post)) NULL else 1 - sum(fit$residuals^2) / total, intercept = unname(b[1]),
    slope_pre = unname(b["pre"]), slope_pre_se = unname(error["pre"]), covariate_centre = centre,
    adjusted_means = as.list(setNames(seen, levels)), adjusted_mean_se = as.list(setNames(seen_se, levels)),
    omnibus = added(lm(post ~ pre), fit, post), interaction = added(fit, lm(post ~ pre * group), post),
    contrasts = sapply(levels[-1], contrast, simplify = FALSE))
}

unadjusted <- function(g, ref) {
  d1 <- g$post - g$pre; d0 <- ref$post - ref$pre; n1 <- length(d1); n0 <- length(d0); m <- n1 + n0 - 2
  able <- n1 >= 2 && n0 >= 2; loose <- able && (spread(d1) > 0 || spread(d0) > 0)
  welch <- if (loose) quietly(t.test(d1, d0)); student <- if (loose) quietly(t.test(d1, d0, var.equal = TRUE))
  sd0 <- if (able) pooled_sd(g$pre, ref$pre) else NA_real_; if (!is.na(sd0) && sd0 == 0) sd0 <- NA_real_
  list(diff_in_mean_change = mean(d1) - mean(d0), baseline_diff = mean(g$pre) - mean(ref$pre),
    welch_t = unname(welch$statistic), welch_df = unname(welch$parameter), welch_p = welch$p.value,
    welch_ci_lo = welch$conf.int[1], welch_ci_hi = welch$conf.int[2], student_p = student$p.value,
    morris_dppc2 = J_approx(m) * (mean(d1) - mean(d0)) / sd0, baseline_smd_pooled = (mean(g$pre) - mean(ref$pre)) / sd0)
}

# `by` has one entry a person; blank is left out, as is everybody not measured twice.
compare <- function(g, by, ref) {
  keep <- !is.na(g$pre) & !is.na(g$post) & !is.na(by) & by != ""
  g <- g[keep, , drop = FALSE]; by <- by[keep]
  levels <- sort(unique(by), method = "radix")
  if (!ref %in% levels) return(NULL)
  levels <- c(ref, setdiff(levels, ref))
  if (length(levels) < 2 || nrow(g) < length(levels) + 2) return(NULL)
  group <- factor(by, levels)
  one <- function(level) unadjusted(g[by == level, ], g[by == ref, ])
  list(reference = ref, levels = arr(levels), n = arr(as.vector(table(group))), ancova = ancova(g$pre, g$post, group),
    unadjusted = sapply(levels[-1], one, simplify = FALSE))
}
