# Writes the vector files of pooling, funnels and the distribution of chi-square.
# From the top of the checkout:
#   Rscript testdata/vectors/pooling.R
# Needs jsonlite and metafor 3.8-1. Data are made up here, in plain sight.
suppressPackageStartupMessages({library(jsonlite); library(metafor)})
options(warn = 1)
here <- "testdata/vectors"

none <- unbox(NA_real_)
num <- function(x) if (length(x) == 0 || is.na(x) || !is.finite(x)) none else unbox(as.numeric(x))
write_vectors <- function(name, about, source, unit, tolerance, cases) {
  file <- list(about = unbox(about), source = unbox(paste0(R.version.string, ": ", source)),
               checked = unbox("Written by testdata/vectors/pooling.R, 2026-11-23."),
               unit = unbox(unit), tolerance = unbox(tolerance), cases = cases)
  text <- toJSON(file, digits = NA, na = "null", null = "null", pretty = 1)
  text <- gsub("(?<=[\\[\\],0-9])\\n\\s*(?=[-0-9\\[\\]])", " ", text, perl = TRUE) # arrays of numbers on one line
  writeLines(text, file.path(here, paste0(name, ".json")))
}

# Chi-square: tails and quantiles ----------------------------------------------
# Each x is taken as far out as its logarithm of p says; R's own pchisq is exact
# to about 1e-13 there.
tails <- list()
for (df in c(1, 2, 3, 4, 5, 9, 20, 101, 999, 12345, 1e6))
  for (log_p in c(-1e-9, -0.001, -0.1, log(0.5), -2, -5, -20, -70, -200, -460, -690)) {
    x <- signif(qchisq(log_p, df, lower.tail = FALSE, log.p = TRUE), 8)
    tails[[length(tails) + 1]] <- list(x = unbox(x), df = unbox(df), p = unbox(pchisq(x, df, lower.tail = FALSE)))
  }
quantiles <- lapply(c(1:12, 20, 30, 101, 999, 12345, 1e6), function(df)
  list(df = unbox(df), q025 = unbox(qchisq(0.025, df)), q975 = unbox(qchisq(0.975, df))))
write_vectors("chi_square", "Upper tails of chi-square, far out, and its 0.025 and 0.975 quantiles.",
  "pchisq(x, df, lower.tail=FALSE); qchisq(0.025, df), qchisq(0.975, df).",
  "p is a probability; x, q025 and q975 are squares of standard errors", 1e-11,
  list(tails = tails, quantiles = quantiles))
