package dev.portcullis.analysis.tool.diagnosis;

/**
 * What the pods of one version have counted of one objective.
 *
 * @param version value of the label that tells versions apart
 * @param bad bad requests, 0 to {@code total}; of a latency those slower than the boundary at which a canary fails
 * @param total all requests
 */
record VersionCounts(String version, double bad, double total) {
    double ratio() {
        return total > 0 ? bad / total : 0;
    }
}
