package dev.portcullis.gate.store;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.kit.document.DocumentColumn;
import java.util.List;

/** The form of a decision's figures in decisions.figures. */
record StoredFigures(
        StoredArms successRate,
        StoredArms burnRate,
        StoredRatios evidence,
        String objective,
        List<StoredObjective> objectives) {
    static final DocumentColumn<Figures> COLUMN = DocumentColumn.of(
                    "decisions.figures", 2, StoredFigures.class, StoredFigures::of, StoredFigures::figures)
            .before(1, Version1.class, Version1::figures);

    /** What had no version in it, and named no objective. */
    record Version1(StoredArms successRate, StoredArms burnRate, StoredRatios evidence) {
        private Figures figures() {
            return new Figures(successRate.arms(), burnRate.arms(), evidence.ratios(), "", List.of());
        }
    }

    /** One objective. */
    record StoredObjective(
            String slo, StoredArms requests, StoredArms badRequests, StoredArms successRate, StoredArms burnRate) {
        private static StoredObjective of(ObjectiveFigures one) {
            return new StoredObjective(
                    one.slo(),
                    StoredArms.of(one.requests()),
                    StoredArms.of(one.badRequests()),
                    StoredArms.of(one.successRate()),
                    StoredArms.of(one.burnRate()));
        }

        private ObjectiveFigures figures() {
            return new ObjectiveFigures(slo, requests.arms(), badRequests.arms(), successRate.arms(), burnRate.arms());
        }
    }

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

    static StoredFigures of(Figures figures) {
        return new StoredFigures(
                StoredArms.of(figures.successRate()),
                StoredArms.of(figures.burnRate()),
                StoredRatios.of(figures.evidence()),
                figures.objective(),
                figures.objectives().stream().map(StoredObjective::of).toList());
    }

    Figures figures() {
        return new Figures(
                successRate.arms(),
                burnRate.arms(),
                evidence.ratios(),
                objective,
                objectives.stream().map(StoredObjective::figures).toList());
    }
}
