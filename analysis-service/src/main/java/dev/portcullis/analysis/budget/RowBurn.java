package dev.portcullis.analysis.budget;

/**
 * How a row of an SLO stands.
 *
 * @param longBurn burn over its long window; NaN when it was not measured
 * @param shortBurn burn over its short window; NaN when it was not measured
 */
public record RowBurn(BurnRateRow row, double longBurn, double shortBurn) {
    /** Whether both burns are above the row's factor. */
    public boolean met() {
        return row.isMet(longBurn, shortBurn);
    }
}
