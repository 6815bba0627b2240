package dev.portcullis.analysis.mannwhitney;

/**
 * The score of one group of metrics.
 *
 * @param name the group
 * @param weight its share of the whole score, 0 to 100
 * @param score 100 times the share of its metrics that pass, muted ones left out
 */
public record GroupScore(String name, double weight, ScoreRange score) {}
