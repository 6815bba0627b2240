package dev.portcullis.analysis.mannwhitney;

/**
 * What a metric's windows were for one arm.
 *
 * @param measured windows with requests
 * @param missing windows without
 * @param mean mean of the bad ratios of the measured windows, 0 to 1; 0 when there is none. Every window has the same say in
 *     it, however many requests it had: it need not equal the ratio of all bad requests
 */
public record ArmSummary(int measured, int missing, double mean) {
    static final ArmSummary NONE = new ArmSummary(0, 0, 0);
}
