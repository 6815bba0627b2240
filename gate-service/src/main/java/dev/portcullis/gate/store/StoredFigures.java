package dev.portcullis.gate.store;

import dev.portcullis.gate.judgement.Figures;
import dev.portcullis.kit.document.DocumentColumn;

/** The form of a decision's figures in decisions.figures. Version 2 is version 1, which had no version in it. */
record StoredFigures(StoredArms successRate, StoredArms burnRate, StoredRatios evidence) {
    static final DocumentColumn<Figures> COLUMN =
            DocumentColumn.of("decisions.figures", 2, StoredFigures.class, StoredFigures::of, StoredFigures::figures);

    /** One number for each arm. */
    record StoredArms(double canary, double baseline) {
        private static StoredArms of(Figures.Arms arms) {
            return new StoredArms(arms.canary(), arms.baseline());
        }

        private Figures.Arms arms() {
            return new Figures.Arms(canary, baseline);
        }
    }

    /** Evidence. */
    record StoredRatios(double fail, double pass, double failThreshold, double passThreshold) {
        private static StoredRatios of(Figures.Ratios ratios) {
            return new StoredRatios(ratios.fail(), ratios.pass(), ratios.failThreshold(), ratios.passThreshold());
        }

        private Figures.Ratios ratios() {
            return new Figures.Ratios(fail, pass, failThreshold, passThreshold);
        }
    }

    private static StoredFigures of(Figures figures) {
        return new StoredFigures(
                StoredArms.of(figures.successRate()),
                StoredArms.of(figures.burnRate()),
                StoredRatios.of(figures.evidence()));
    }

    private Figures figures() {
        return new Figures(successRate.arms(), burnRate.arms(), evidence.ratios());
    }
}
