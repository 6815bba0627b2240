package dev.portcullis.analysis.judge;

import java.util.List;

/**
 * Which cuts of an objective's observations its tests look at, fixed before the first window.
 *
 * <p>A latency threshold need not be a bucket boundary. The FAIL side then looks at the next boundary above, where fewer
 * requests are slow than at the threshold, and the PASS side at the next below, where more are: both stay valid.
 *
 * @param number how many cuts an observation has, 1 to 1000
 * @param fail the cut that the FAIL side of the test against fixed limits looks at, 0 to {@code number} - 1
 * @param pass the cut that the PASS side looks at
 * @param compared the cuts that the test against the baseline looks at, one or more, rising
 */
public record Cuts(int number, int fail, int pass, List<Integer> compared) {
    private static final LegalRange NUMBERS = LegalRange.between(1, 1000);

    /** The cuts of an objective with a single one. */
    public static final Cuts ONE = new Cuts(1, 0, 0, List.of(0));

    /**
     * Refuses positions outside of the observations.
     *
     * @throws InvalidPlanException naming {@code cuts.number}, {@code cuts.fail}, {@code cuts.pass} or
     *     {@code cuts.compared}
     */
    public Cuts {
        NUMBERS.check("cuts.number", number);
        LegalRange positions = LegalRange.between(0, number - 1.0);
        positions.check("cuts.fail", fail);
        positions.check("cuts.pass", pass);
        compared = List.copyOf(compared);
        if (compared.isEmpty()) {
            throw new InvalidPlanException("cuts.compared", compared, "one cut or more");
        }
        compared.forEach(cut -> positions.check("cuts.compared", cut));
    }
}
