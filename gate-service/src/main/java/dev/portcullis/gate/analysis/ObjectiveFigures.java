package dev.portcullis.gate.analysis;

/**
 * The numbers of one objective since the release began; all finite.
 *
 * @param slo name of the SLO
 * @param requests that were counted, 0 or more
 * @param badRequests of these: failed, or slower than the threshold
 * @param successRate ratio of good requests, 0 to 1; -1 while nothing was counted
 * @param burnRate bad ratio / allowed bad ratio, 0 or more; -1 while nothing was counted
 */
public record ObjectiveFigures(
        String slo, Figures.Arms requests, Figures.Arms badRequests, Figures.Arms successRate, Figures.Arms burnRate) {}
