// Package stat computes the numbers that the evidence pages show.
//
// It is arithmetic and nothing else. It takes counts (how many people were at
// this level, how many went from this level to that one) and published
// summaries, and gives back numbers. It refuses to know what a scheme, a
// measure or a date is, and which way along a scale is better: a change is
// always after minus before, and "up" is more points.
//
// Four promises hold for every function:
//
//   - units are stated for every argument and result;
//   - the formula is cited to an equation that somebody can open, and a file in
//     testdata/vectors holds results from R or from a paper that it reproduces;
//   - each number is there or says why not: a Number is finite or carries a
//     Refusal, never NaN, never an infinity, never a 0 that means "unknown";
//   - scores are summed as integers, so that the order of people, and whether
//     they come one by one or already counted, changes no digit.
package stat
