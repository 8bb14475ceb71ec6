# What R says about a data set, in the keys of testdata/acceptance.
#   Rscript testdata/oracle/oracle.R DIR...               wide.csv and case.json -> DIR/expected.json
#   Rscript testdata/oracle/oracle.R --pool FILE.csv...   study, yi, vi -> FILE.expected.json
# With one of them, --out FILE writes there instead.
# It knows the conventions and R, and nothing of the product's own arithmetic.
suppressPackageStartupMessages({library(jsonlite); library(metafor); library(coin); library(car)})
options(warn = 1, contrasts = c("contr.treatment", "contr.poly"))
invisible(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
home <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
for (part in c("json", "effect", "paired", "pooling", "funnel", "between")) source(file.path(home, paste0(part, ".R")))

read_table <- function(file) {
  rows <- read.csv(file, check.names = FALSE, colClasses = "character", na.strings = "", encoding = "UTF-8", strip.white = TRUE)
  names(rows) <- enc2utf8(names(rows))
  rows
}

# One measure between the first occasion and one later one.
transition <- function(g, m, compares, people) {
  schemes <- sort(unique(people$scheme[!is.na(people$scheme)]), method = "radix")
  groups <- sapply(schemes, function(s) group(g[!is.na(people$scheme) & people$scheme == s, ], m), simplify = FALSE)
  used <- pooled_schemes(groups, function(o) c(o$change$mean, o$change$sd^2 / o$counts$n_paired), excluded = TRUE)
  column <- function(f) vapply(groups, function(o) { x <- f(o); if (is.null(x)) NA_real_ else as.numeric(x) }, 0, USE.NAMES = FALSE)
  out <- list(overall = group(g, m), by_scheme = groups, pooled_mean_change = used,
    pooled_smcr = pooled_schemes(groups, function(o) c(o$effect$smcr$yi, o$effect$smcr$vi)),
    funnel_mean_change = if (!is.null(used)) funnel(unlist(used$schemes$values), unlist(used$yi$values), sqrt(unlist(used$vi$values))),
    funnel_completion = funnel_proportion(schemes, column(function(o) o$counts$n_paired), column(function(o) o$counts$n_baseline)),
    funnel_reliably_improved = funnel_proportion(schemes, column(function(o) o$rci_fixed_sd$improved$x), column(function(o) o$counts$n_paired)),
    completion_by_scheme = completion_by_scheme(groups))
  for (c in compares) {
    by <- if (c$by %in% names(people)) people[[c$by]] else rep(NA_character_, nrow(people))
    out[paste0("compare_", c$by)] <- list(compare(g, by, c$ref))
  }
  out
}

of_case <- function(folder) {
  about <- fromJSON(file.path(folder, "case.json"), simplifyVector = FALSE); people <- read_table(file.path(folder, "wide.csv"))
  times <- unlist(about$timepoints); results <- list()
  score <- function(m, time) {
    name <- paste(m$name, time, sep = ".")
    if (name %in% names(people)) as.numeric(people[[name]]) else rep(NA_real_, nrow(people))
  }
  for (m in about$measures) for (later in times[-1]) {
    key <- paste(m$name, times[1], later, sep = "|")
    results[[key]] <- transition(data.frame(pre = score(m, times[1]), post = score(m, later)), m, about$compare, people)
  }
  list(case = about$name, source = about$source, results = results)
}

of_pool <- function(file) {
  d <- read_table(file); y <- as.numeric(d$yi); v <- as.numeric(d$vi); keep <- !is.na(y) & !is.na(v) & v > 0
  y <- y[keep]; v <- v[keep]
  c(if (sum(keep) < 2) no_pool(sum(keep)) else pool(y, v), list(funnel = funnel(d$study[keep], y, sqrt(v))))
}

args <- commandArgs(TRUE)
out <- args[which(args == "--out") + 1]; rest <- setdiff(args, c("--out", "--pool", out))
if (!length(rest) || length(out) && length(rest) > 1) stop("usage: oracle.R DIR... or oracle.R --pool FILE.csv...; --out FILE with one of them")
for (one in rest) {
  pooled <- "--pool" %in% args
  to <- if (length(out)) out else if (pooled) sub("\\.csv$", ".expected.json", one) else file.path(one, "expected.json")
  write_json(if (pooled) of_pool(one) else of_case(one), to)
}
