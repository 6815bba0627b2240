package dev.portcullis.analysis.tool.detection;

/**
 * What becomes of canaries with a certain ratio of bad requests in one objective; in the others they are as the stable
 * version.
 *
 * @param name how it compares with the stable version: "as stable", "x2", "all"
 * @param ratio of bad requests, 0 to 1
 * @param outcomeCounts of simulated releases
 */
public record EffectOutcomes(String name, double ratio, OutcomeCounts outcomeCounts) {}
