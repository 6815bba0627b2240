package dev.portcullis.gate.console.evidence;

/**
 * A pod of the canary with bad requests.
 *
 * @param pod labels that name it
 * @param bad its bad requests
 * @param total all its requests
 * @param ratio the one divided by the other, in per cent
 */
public record PodRow(String pod, String bad, String total, String ratio) {}
