package dev.portcullis.analysis.mannwhitney;

/** Which change of a metric is a failure; Kayenta's {@code direction}. */
public enum Direction {
    /** The canary lying higher; what a ratio of bad requests needs. */
    INCREASE,
    /** The canary lying lower. */
    DECREASE,
    /** Both. */
    EITHER;

    boolean failsHigh() {
        return this != DECREASE;
    }

    boolean failsLow() {
        return this != INCREASE;
    }
}
