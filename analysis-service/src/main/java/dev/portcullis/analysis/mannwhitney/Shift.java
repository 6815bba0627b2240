package dev.portcullis.analysis.mannwhitney;

/**
 * By how much the canary's values lie above the baseline's, in the unit of the values; never NaN.
 *
 * @param estimate the Hodges-Lehmann estimate: the median of all differences of a canary and a baseline value
 * @param lower lower end of the confidence interval; negative infinity when the samples are too small for the confidence
 * @param upper upper end of the confidence interval; positive infinity when the samples are too small for the confidence
 * @param u the Mann-Whitney statistic of the canary: pairs in which its value is the larger one, ties counted half; 0 to
 *     the number of pairs
 */
public record Shift(double estimate, double lower, double upper, double u) {}
