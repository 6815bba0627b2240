package dev.portcullis.gate.decision;

import dev.portcullis.gate.analysis.Figures;

/**
 * What the latest window shows that says the same as a decision on record: the decision in newer words. No decision of its own, so only the newest of a release is kept.
 *
 * @param explanation one or two sentences for an engineer
 * @param windows closed windows of the analysis, 0 or more; -1 when nothing was judged
 * @param figures numbers to show
 */
public record Confirmation(String explanation, int windows, Figures figures) {
    /** That of a decision by what another one, not recorded, rests on. */
    public static Confirmation of(Decision decided) {
        return new Confirmation(decided.explanation(), decided.windows(), decided.figures());
    }
}
