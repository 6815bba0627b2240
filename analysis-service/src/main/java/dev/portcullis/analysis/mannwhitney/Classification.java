package dev.portcullis.analysis.mannwhitney;

/** How one metric of the canary compares with the baseline; the labels are Kayenta's. */
public enum Classification {
    /** No change that counts was found; that is no proof that there is none. */
    PASS,
    /** The canary lies significantly higher, where that is a failure. */
    HIGH,
    /** The canary lies significantly lower, where that is a failure. */
    LOW,
    /** Too few windows with requests to compare. */
    NODATA,
    /** Not measured at all. */
    ERROR
}
