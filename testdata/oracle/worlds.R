# Writes made-up data sets, and pools, on which a product and R may be compared.
#   Rscript testdata/oracle/worlds.R DIR [SEED]
# Each sub-folder of DIR is one data set in the form of testdata/acceptance, DIR/pools
# holds CSV files of study, yi and vi. Nobody in them is real. The same seed gives the
# same files; each set draws from a seed of its own, so that one more changes no other.
suppressPackageStartupMessages({library(jsonlite); library(data.table)})
invisible(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
args <- commandArgs(TRUE)
if (!length(args)) stop("usage: worlds.R DIR [SEED]")
to <- args[1]; seed <- if (length(args) > 1) as.integer(args[2]) else 20261122L
home <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))

# A score as somebody would type it: no exponent, no trailing zeros.
typed <- function(x, decimals) {
  text <- sprintf("%.*f", decimals, x)
  if (decimals > 0) text <- sub("\\.?0+$", "", text)
  ifelse(is.na(x), NA_character_, sub("^-0$", "0", text))
}

measure <- function(name, decimals = 0, higher = TRUE, ...) list(settings = list(name = name, higher_is_better = higher, ...), decimals = decimals)

# scores: for each measure a matrix, a row a person, a column a time point.
# groups: further columns of people.csv. compare: list(c(by, ref), ...).
world <- function(name, why, scheme, measures, scores, times = c("before", "after"), groups = NULL, compare = list()) {
  n <- length(scheme); folder <- file.path(to, name); dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  if (is.matrix(scores)) scores <- list(scores)
  people <- data.frame(person_id = sprintf("P%05d", seq_len(n)), scheme = scheme, stringsAsFactors = FALSE)
  for (column in names(groups)) people[[column]] <- groups[[column]]
  days <- 84 * (seq_along(times) - 1); wide <- people; long <- list()
  for (j in seq_along(measures)) {
    m <- measures[[j]]
    for (t in seq_along(times)) {
      text <- typed(scores[[j]][, t], m$decimals); wide[[paste(m$settings$name, times[t], sep = ".")]] <- text
      here <- which(!is.na(text))
      long[[length(long) + 1]] <- data.frame(person_id = people$person_id[here], scheme = scheme[here], measure = rep(m$settings$name, length(here)),
        timepoint = rep(times[t], length(here)), days = rep(days[t], length(here)), date = format(as.Date("2023-04-03") + here %% 200 + days[t]), score = text[here])
    }
  }
  for (file in c("people", "wide")) fwrite(get(file), file.path(folder, paste0(file, ".csv")), na = "")
  fwrite(do.call(rbind, long), file.path(folder, "long.csv"), na = "")
  case <- list(source = paste0("synthetic, no real person: ", why, " (worlds.R, seed ", seed, ")"), timepoints = I(times), days = I(days),
    measures = lapply(measures, `[[`, "settings"), compare = lapply(compare, function(c) list(by = c[1], ref = c[2])), name = name)
  writeLines(toJSON(case, auto_unbox = TRUE, digits = I(17), pretty = 1), file.path(folder, "case.json"), useBytes = TRUE)
}

# People with a before and an after; `lost` is the share without an after.
drawn <- function(n, mean, sd, gain, noise = sd / 2, decimals = 0, lost = .2, within = c(-Inf, Inf)) {
  pre <- rnorm(n, mean, sd); post <- pre + gain + rnorm(n, 0, noise)
  x <- pmin(pmax(round(cbind(pre, post), decimals), within[1]), within[2])
  x[runif(n) < lost, 2] <- NA
  dimnames(x) <- NULL
  x
}
of <- function(names, sizes) rep(names, times = sizes)

# The seed of a set hangs on its name, so that one more set changes no other.
own_seed <- function(name) set.seed(seed + sum(utf8ToInt(name) * seq_along(utf8ToInt(name))) * 7L)
make <- function(name, why, build) {
  own_seed(name)
  do.call(world, c(list(name, why), build()))
}

for (part in c("worlds_scales.R", "worlds_edges.R", "pools.R")) source(file.path(home, part))
