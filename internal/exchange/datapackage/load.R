# Loads the tables of this package and works the changes out. Base R is enough:
#   source("load.R"); tables <- cairn_load("."); cairn_change(tables$pairs)
# or, in a terminal, Rscript load.R FOLDER

cairn_load <- function(folder = ".") {
  file <- function(name) file.path(folder, name)
  book <- read.csv(file("codebook.csv"), colClasses = "character", check.names = FALSE,
                   encoding = "UTF-8", na.strings = "")
  kinds <- c(string = "character", integer = "integer", number = "numeric", date = "Date", boolean = "character")
  tables <- list()
  for (name in unique(book$file)) {
    columns <- book[book$file == name, ]
    classes <- unname(kinds[columns$type])
    table <- read.csv(file(name), colClasses = classes, check.names = FALSE,
                      encoding = "UTF-8", na.strings = "")
    for (i in which(columns$type == "boolean")) table[[i]] <- table[[i]] == "yes"
    # An apostrophe keeps spreadsheets from taking a text for a formula.
    for (i in which(columns$type == "string")) {
      table[[i]] <- sub("^'(?=[=+@\t\uFF1D\uFF0B\uFF0D\uFF20-])", "", table[[i]], perl = TRUE)
    }
    tables[[sub("\\.csv$", "", name)]] <- table
  }
  tables
}

# People measured twice, their mean change and its 95% t interval, for each
# scheme, score and follow-up. The interval is NA, not estimable, of one person and
# where everybody changed by the same amount: a width of 0 would claim certainty.
cairn_change <- function(pairs) {
  counted <- pairs[pairs$in_figures & pairs$state == "paired", ]
  groups <- unique(counted[c("scheme", "measure", "timepoint")])
  if (nrow(groups) == 0) {
    return(data.frame(scheme = character(), measure = character(), timepoint = character(), n = integer(),
                      mean = numeric(), low = numeric(), high = numeric()))
  }
  groups <- groups[order(groups$scheme, groups$measure, groups$timepoint), ]
  rows <- lapply(seq_len(nrow(groups)), function(i) {
    of <- groups[i, ]
    change <- counted$change[counted$scheme == of$scheme & counted$measure == of$measure &
                               counted$timepoint == of$timepoint]
    n <- length(change)
    half <- if (any(change != change[1])) qt(0.975, n - 1) * sd(change) / sqrt(n) else NA_real_
    data.frame(of, n = n, mean = mean(change), low = mean(change) - half, high = mean(change) + half,
               row.names = NULL)
  })
  do.call(rbind, rows)
}

if (sys.nframe() == 0) {
  given <- commandArgs(trailingOnly = TRUE)
  found <- cairn_change(cairn_load(if (length(given)) given[1] else ".")$pairs)
  if (nrow(found) == 0) message("There is no pair: no row of pairs.csv that figures count has both scores.")
  told <- format(found, digits = 15, trim = TRUE)
  told[c("low", "high")][is.na(found[c("low", "high")])] <- "not estimable"
  write.csv(told, row.names = FALSE)
}
