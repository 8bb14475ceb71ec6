# Scores of made-up answers, worked out from the published rules and not by the
# product. From this directory: Rscript vectors.R writes <measure>.json.
library(jsonlite)

# A case is the answers in the order of the items (NA: left out), or a score
# typed in, and what it gives: score points by series, or the code of a refusal.
ask <- function(answers, ...) list(answers = answers, gives = list(...))
typed <- function(series, score, ...) list(series = series, score = score, gives = list(...))
refuse <- function(answers, code) list(answers = answers, refused = code)
refuse_typed <- function(series, score, code) list(series = series, score = score, refused = code)
out <- "score.out-of-range"; few <- "assessment.items"; off <- "score.not-on-table"; fine <- "score.decimals"

plain <- function(x) format(x, trim = TRUE, scientific = FALSE, digits = 15)
write <- function(measure, source, ...) {
  cases <- lapply(list(...), function(case) {
    if (!is.null(case$gives)) case$gives <- lapply(case$gives, function(v) unbox(if (is.character(v)) v else plain(v)))
    for (field in c("series", "score", "refused")) if (!is.null(case[[field]])) case[[field]] <- unbox(as.character(case[[field]]))
    if (!is.null(case$answers)) case$answers <- as.list(case$answers)
    case
  })
  all <- list(about = unbox(paste("Scores of made-up answers to", measure, "by its published rule; see vectors.R.")), source = unbox(source), cases = cases)
  text <- toJSON(all, pretty = 1, na = "null", auto_unbox = TRUE, null = "null")
  text <- gsub("(?<=[\\[\\],0-9l])\\n\\s*(?=[-0-9n\\]])", " ", text, perl = TRUE) # answers on one line
  writeLines(text, paste0(measure, ".json"))
}

# SWEMWBS, raw totals 7 to 35.
metric <- c(7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25, 19.98, 20.73, 21.54,
            22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70, 32.55, 35.00)
stopifnot(abs(sum(metric) - 585.66) < 1e-9)
sw <- function(a) ask(a, "swemwbs-raw" = sum(a), "swemwbs-metric" = metric[sum(a) - 6])
totals <- lapply(7:35, function(r) typed("swemwbs-raw", r, "swemwbs-raw" = r, "swemwbs-metric" = metric[r - 6]))
do.call(write, c(list("swemwbs", "Conversion table of Stewart-Brown et al. 2009 as two public implementations have it"),
  list(sw(rep(1, 7)), sw(rep(5, 7)), sw(c(1, 2, 3, 4, 5, 3, 2)), sw(c(3, 3, 3, 3, 3, 3, 3)),
       typed("swemwbs-metric", 18.59, "swemwbs-metric" = 18.59), typed("swemwbs-metric", "35.00", "swemwbs-metric" = 35)), totals,
  list(refuse_typed("swemwbs-raw", 6, out), refuse_typed("swemwbs-raw", 36, out), refuse_typed("swemwbs-raw", 20.5, fine),
       refuse_typed("swemwbs-metric", 20, off), refuse_typed("swemwbs-metric", 18.591, fine),
       refuse(c(1, 2, 3, 4, 5, 3, NA), few), refuse(c(1, 2, 3, 4, 5, 3, 6), out), refuse(c(0, 2, 3, 4, 5, 3, 1), out))))

we <- function(a) ask(a, wemwbs = sum(a))
write("wemwbs", "Sum of 14 items, Warwick", we(rep(1, 14)), we(rep(5, 14)), we(rep(1:5, length.out = 14)), typed("wemwbs", 51, wemwbs = 51),
      refuse(c(rep(3, 13), NA), few), refuse(c(rep(3, 13), 0), out), refuse_typed("wemwbs", 13, out), refuse_typed("wemwbs", 71, out))

w5 <- function(a) ask(a, "who5-raw" = sum(a), who5 = 4 * sum(a))
write("who5", "Raw total of 5 items times 4, Topp et al. 2015", w5(rep(0, 5)), w5(rep(5, 5)), w5(c(1, 2, 3, 4, 0)), typed("who5-raw", 12, "who5-raw" = 12, who5 = 48),
      typed("who5", 48, who5 = 48), refuse_typed("who5", 50, off), refuse_typed("who5-raw", 26, out), refuse_typed("who5", 104, out), refuse(c(1, 2, 3, 4, NA), few))

# Up to two left out: the mean of the answered ones stands for them, to the
# nearest whole number, halves upwards.
half_up <- function(x) floor(x + 0.5)
phq <- function(a) ask(a, phq9 = half_up(mean(a, na.rm = TRUE) * 9))
write("phq9", "Sum of 9 items, Kroenke et al. 2001; up to two left out are filled by the mean", phq(rep(0, 9)), phq(rep(3, 9)), phq(c(0, 1, 2, 3, 0, 1, 2, 3, 1)),
      phq(c(NA, 1, 2, 3, 0, 1, 2, 3, 1)), phq(c(NA, NA, 2, 3, 0, 1, 2, 3, 1)), phq(c(1, 1, 1, 1, 0, 0, 0, 0, NA)), phq(c(3, 3, 3, 3, 3, 3, 3, NA, NA)),
      typed("phq9", 10, phq9 = 10), refuse(c(NA, NA, NA, 3, 0, 1, 2, 3, 1), few), refuse(c(rep(1, 8), 4), out), refuse_typed("phq9", 28, out), refuse_typed("phq9", 9.5, fine))

gad <- function(a) ask(a, gad7 = sum(a))
write("gad7", "Sum of 7 items, Spitzer et al. 2006", gad(rep(0, 7)), gad(rep(3, 7)), gad(c(0, 1, 2, 3, 0, 1, 2)), typed("gad7", 8, gad7 = 8),
      refuse(c(rep(1, 6), NA), few), refuse_typed("gad7", 22, out))

p4 <- function(a) ask(a, phq4 = sum(a), "phq4-anxiety" = sum(a[1:2]), "phq4-depression" = sum(a[3:4]))
write("phq4", "Sum of 4 items and of each pair, Kroenke et al. 2009", p4(rep(0, 4)), p4(rep(3, 4)), p4(c(0, 1, 3, 2)), typed("phq4", 9, phq4 = 9),
      typed("phq4-anxiety", 4, "phq4-anxiety" = 4), refuse(c(1, 2, 3, NA), few), refuse_typed("phq4-depression", 7, out))

co <- function(a) ask(a, core10 = sum(ifelse(seq_along(a) %in% c(2, 3), 4 - a, a)))
write("core10", "Sum of 10 items, items 2 and 3 reversed, Barkham et al. 2013", co(rep(0, 10)), co(rep(4, 10)), co(c(0, 4, 4, 0, 0, 0, 0, 0, 0, 0)), co(c(4, 0, 0, 4, 4, 4, 4, 4, 4, 4)),
      co(c(1, 2, 3, 4, 0, 1, 2, 3, 4, 0)), typed("core10", 11, core10 = 11), refuse(c(1, 2, 3, 4, 0, 1, 2, 3, 4, NA), few), refuse_typed("core10", 41, out))

uc <- function(a) ask(a, ucla3 = sum(a))
write("ucla3", "Sum of 3 items, Hughes et al. 2004", uc(c(1, 1, 1)), uc(c(3, 3, 3)), uc(c(1, 2, 3)), typed("ucla3", 6, ucla3 = 6), refuse(c(1, 2, NA), few), refuse_typed("ucla3", 2, out))

write("ons-loneliness", "One item, ONS guidance", ask(1, "ons-loneliness" = 1), ask(5, "ons-loneliness" = 5), typed("ons-loneliness", 3, "ons-loneliness" = 3), refuse(0, out), refuse(6, out))

ons <- c("ons4-satisfaction", "ons4-worthwhile", "ons4-happiness", "ons4-anxiety")
o4 <- function(a) do.call(ask, c(list(a), as.list(setNames(a[!is.na(a)], ons[!is.na(a)]))))
write("ons4", "Four single items, ONS", o4(c(0, 0, 0, 10)), o4(c(10, 10, 10, 0)), o4(c(7, NA, 6, 3)), refuse(c(11, 1, 1, 1), out), refuse(rep(NA, 4), few))

# Order of the manual: emotional 1, social 1, social 2, emotional 2, social 3,
# emotional 3; 1 no, 2 more or less, 3 yes. SPSS syntax of section 8.
dj <- function(a) {
  emotional <- a[c(1, 4, 6)]; social <- a[c(2, 3, 5)]
  lonely <- c(emotional %in% 2:3, social %in% 1:2)
  gives <- list(djg6 = sum(lonely))
  if (!anyNA(emotional)) gives[["djg6-emotional"]] <- sum(emotional %in% 2:3)
  if (!anyNA(social)) gives[["djg6-social"]] <- sum(social %in% 1:2)
  list(answers = a, gives = gives)
}
write("djg6", "SPSS syntax in section 8 of the Manual of the Loneliness Scale, VU Amsterdam", dj(c(1, 3, 3, 1, 3, 1)), dj(c(3, 1, 1, 3, 1, 3)), dj(rep(2, 6)), dj(c(3, 3, 1, 1, 2, 2)),
      dj(rep(1, 6)), dj(rep(3, 6)), dj(c(NA, 1, 1, 3, 1, 3)), dj(c(3, 1, NA, 3, 1, 3)), typed("djg6", 4, djg6 = 4), refuse(c(NA, NA, 1, 3, 1, 3), few), refuse_typed("djg6", 7, out))

eq <- paste0("eq5d5l-", c("mobility", "self-care", "usual-activities", "pain", "anxiety"))
e5 <- function(a) do.call(ask, c(list(a), as.list(setNames(a, eq))))
write("eq5d5l", "Five single dimensions, EuroQol", e5(rep(1, 5)), e5(c(2, 1, 2, 3, 2)), e5(rep(5, 5)), e5(c(2, 1, 1, 3, 2)), refuse(c(1, 1, 1, 1, 6), out))
write("eq-vas", "One number, EuroQol", typed("eq-vas", 0, "eq-vas" = 0), typed("eq-vas", 100, "eq-vas" = 100), refuse_typed("eq-vas", 101, out), refuse_typed("eq-vas", 50.5, fine))
write("mohost", "24 items of 1 to 4, only their total", typed("mohost", 24, mohost = 24), typed("mohost", 96, mohost = 96), refuse_typed("mohost", 23, out))
# A level is one that either published set of cut points gives: level 4 from 67.1
# (PMC2955177, table 2) or from 72.5.
pa <- function(score, level) {
  levels <- unique(c(findInterval(score, c(0, 47.1, 55.2, 67.1)), findInterval(score, c(0, 47.1, 55.2, 72.5))))
  if (level %in% levels) ask(c(score * 10, level), "pam-score" = score, "pam-level" = level) else refuse(c(score * 10, level), "score.contradicts")
}
do.call(write, c(list("pam", "Score and level as the licensed scoring gave them, in tenths and whole; cut points of PMC2955177, table 2, and newer ones"),
  list(ask(c(1000, NA), "pam-score" = 100), ask(c(NA, 4), "pam-level" = 4), typed("pam-score", 67.1, "pam-score" = 67.1), refuse(c(553, 5), out),
       refuse(c(1001, 4), out), refuse_typed("pam-score", 55.25, fine)),
  lapply(list(c(55.3, 3), c(0, 1), c(0, 2), c(47, 1), c(47, 2), c(47.1, 1), c(47.1, 2), c(55.1, 2), c(55.1, 3), c(55.2, 2), c(55.2, 3), c(67, 3), c(67, 4),
              c(67.1, 2), c(67.1, 3), c(67.1, 4), c(72.4, 3), c(72.4, 4), c(72.5, 3), c(72.5, 4), c(100, 1), c(100, 4)), function(p) pa(p[1], p[2]))))

# Half points are sent as tenths: 35 is 3.5.
tom <- paste0("tom-", c("impairment", "activity", "participation", "wellbeing", "carer"))
to <- function(a) do.call(ask, c(list(a), as.list(setNames(a[!is.na(a)] / 10, tom[!is.na(a)]))))
write("tom", "Single domains in half points, Enderby", to(c(0, 5, 25, 35, 50)), to(c(20, 25, 30, 45, NA)), refuse(c(20, 27, 30, 45, NA), out), refuse(c(55, 25, 30, 45, NA), out))
au <- rep(NA_real_, 48); au[5:8] <- c(20, 25, 30, 35)
write("austoms-ot", "Single domains of the scales that were chosen, in half points", ask(au, "austoms-ot-2-impairment" = 2, "austoms-ot-2-activity" = 2.5, "austoms-ot-2-participation" = 3, "austoms-ot-2-wellbeing" = 3.5),
      ask(replace(replace(rep(NA_real_, 48), 25:28, c(0, 5, 50, 45)), 45, 30), "austoms-ot-7-impairment" = 0, "austoms-ot-7-activity" = 0.5, "austoms-ot-7-participation" = 5,
          "austoms-ot-7-wellbeing" = 4.5, "austoms-ot-12-impairment" = 3),
      refuse(replace(au, 5, 21), out), refuse(rep(NA, 48), few))
st <- paste0("wellbeing-star-", 1:8)
sr <- function(a) do.call(ask, c(list(a), as.list(setNames(a[!is.na(a)], st[!is.na(a)]))))
write("wellbeing-star", "Single areas", sr(c(1, 2, 3, 4, 5, 4, 3, 2)), sr(c(1, NA, 3, 4, 5, 4, 3, 2)), refuse(c(0, 2, 3, 4, 5, 4, 3, 2), out))

write("mycaw", "Single ratings: concern 1, concern 2, wellbeing", ask(c(5, 4, 3), "mycaw-concern-1" = 5, "mycaw-concern-2" = 4, "mycaw-wellbeing" = 3),
      ask(c(6, NA, 0), "mycaw-concern-1" = 6, "mycaw-wellbeing" = 0), refuse(c(7, NA, 0), out))
write("gbo", "Single goals", ask(c(0, 5, 10), "gbo-goal-1" = 0, "gbo-goal-2" = 5, "gbo-goal-3" = 10), ask(c(3, NA, NA), "gbo-goal-1" = 3), refuse(c(11, NA, NA), out))

# COPM: importance, performance and satisfaction of each problem.
cp <- function(a) { m <- matrix(c(a, rep(NA, 15 - length(a))), nrow = 3); r <- function(x) floor(mean(x, na.rm = TRUE) * 100 + 0.5) / 100
  ask(c(m), "copm-performance" = r(m[2, ]), "copm-satisfaction" = r(m[3, ])) }
write("copm", "Mean over the problems rated, Law et al.", cp(c(10, 3, 2)), cp(c(10, 3, 2, 8, 4, 5, 7, 4, 1)), cp(c(NA, 1, 10, NA, 2, 9, NA, 10, 10, NA, 6, 6, NA, 7, 7)),
      typed("copm-performance", 4.25, "copm-performance" = 4.25), refuse(c(9, rep(NA, 14)), few), refuse(c(9, 11, rep(NA, 13)), out))

# GAS: attained, importance and difficulty of each goal.
gas <- function(x, w = rep(1, length(x))) 50 + 10 * sum(w * x) / sqrt(0.7 * sum(w^2) + 0.3 * sum(w)^2)
goals <- function(x, importance = NA, difficulty = NA) c(rbind(x, rep_len(importance, length(x)), rep_len(difficulty, length(x))), rep(NA, 15 - 3 * length(x)))
g <- function(x) ask(goals(x), "gas-t" = sprintf("%.4f", gas(x)))
gw <- function(x, i, d) ask(goals(x, i, d), "gas-t" = sprintf("%.4f", gas(x, i * d)))
published <- function(got, want) stopifnot(abs(got - want) < 5e-5)
published(gas(1), 60); published(gas(c(1, 1)), 62.4035); published(gas(c(1, 1, 1)), 63.6931); published(gas(c(-1, -1, -2)), 31.7426)
published(gas(c(0, 1, -1), c(6, 2, 1)), 51.3736); published(gas(c(1, 0, -1), c(9, 4, 1)), 57.0877); published(gas(c(0, 1, -1, 0, 2)), 56.0302)
write("gas", "Kiresuk and Sherman 1968, rho 0.3; weights importance x difficulty", g(1), g(c(1, 1)), g(c(1, 1, 1)), g(c(-1, -1, -1)), g(c(-2, -2, -2)), g(c(-1, -1, -2)), g(c(0, 0, 1)),
      g(c(0, 1, -1, 0, 2)), g(rep(2, 5)), g(rep(-2, 5)), gw(c(0, 1, -1), c(3, 2, 1), c(2, 1, 1)), gw(c(1, 0, -1), c(3, 2, 1), c(3, 2, 1)), gw(c(1, 2), c(0, 2), c(3, 3)),
      refuse(goals(c(1, 1), c(0, 3), c(3, 0)), few), refuse(goals(c(1, 1), c(2, NA), c(2, NA)), few), refuse(goals(3), out), refuse(goals(NA, 2, 2), few))
