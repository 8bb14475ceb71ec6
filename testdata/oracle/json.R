# Lists become JSON text. A scalar that is NULL, NA, NaN or infinite is null;
# arr() marks what is written as an array; numbers have 17 significant digits.

arr <- function(x) structure(list(values = as.list(x)), class = "json_array")

quoted <- function(text) {
  text <- enc2utf8(as.character(text))
  text <- gsub("\\", "\\\\", text, fixed = TRUE)
  text <- gsub("\"", "\\\"", text, fixed = TRUE)
  for (code in 1:31) {
    raw <- intToUtf8(code)
    if (grepl(raw, text, fixed = TRUE)) text <- gsub(raw, sprintf("\\u%04x", code), text, fixed = TRUE)
  }
  paste0("\"", text, "\"")
}

scalar <- function(x) {
  if (is.null(x) || length(x) == 0 || is.na(x)) return("null")
  if (is.character(x)) return(quoted(x))
  if (is.logical(x)) return(if (x) "true" else "false")
  if (!is.finite(x)) return("null")
  sprintf("%.17g", x)
}

json <- function(x, indent = 0) {
  pad <- strrep(" ", indent + 1)
  if (inherits(x, "json_array")) {
    if (!length(x$values)) return("[]")
    return(paste0("[", paste(vapply(x$values, json, "", indent = indent + 1), collapse = ", "), "]"))
  }
  if (!is.list(x)) return(scalar(x))
  if (!length(x)) return("{}")
  members <- mapply(function(name, value) paste0(pad, quoted(name), ": ", json(value, indent + 1)), names(x), x)
  paste0("{\n", paste(members, collapse = ",\n"), "\n", strrep(" ", indent), "}")
}

write_json <- function(x, file) {
  to <- file(file, open = "wb")
  on.exit(close(to))
  writeLines(json(x), to, useBytes = TRUE)
}
