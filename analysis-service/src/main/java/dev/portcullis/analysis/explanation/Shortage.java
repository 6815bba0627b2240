package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.Against;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.run.AnalysisRun;

/** How a PASS that is out of reach is spoken of. */
final class Shortage {
    private Shortage() {}

    /** "availability against its SLO takes about 4,800 without any error". */
    static String takes(AnalysisRun run, PassShortage shortage) {
        var test = shortage.objective()
                + (shortage.against() == Against.SLO ? " against its SLO" : " against the " + BaselineText.name(run));
        return shortage.needed().isPresent()
                ? test + " takes about " + Figures.about(shortage.needed().getAsDouble()) + " without any error"
                : test + " takes more than any number of requests";
    }
}
