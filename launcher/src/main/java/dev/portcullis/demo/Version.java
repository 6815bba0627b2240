package dev.portcullis.demo;

/**
 * One version of the checkout service.
 *
 * @param hash the pod template hash that tells its pods apart, e.g. "7d9c8"
 * @param errorRatio the chance of a request to fail, in [0, 1]
 */
record Version(String hash, double errorRatio) {
    public Version {
        if (!(errorRatio >= 0 && errorRatio <= 1)) {
            throw new IllegalArgumentException("errorRatio: " + errorRatio + " is not in [0, 1]");
        }
    }

    /** "0.05 % errors". */
    String described() {
        return DemoFormat.percent(errorRatio) + " errors";
    }
}
