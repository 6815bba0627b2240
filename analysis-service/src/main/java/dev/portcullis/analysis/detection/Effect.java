package dev.portcullis.analysis.detection;

/**
 * What becomes of canaries with a certain ratio of bad requests in one objective; in the others they are as the stable
 * version.
 *
 * @param name how it compares with the stable version: "as stable", "x2", "all"
 * @param ratio of bad requests, 0 to 1
 * @param outcomes of simulated releases
 */
public record Effect(String name, double ratio, Outcomes outcomes) {}
