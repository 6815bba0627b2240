package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.TestKind;
import dev.portcullis.analysis.run.AnalysisRun;

/** How a PASS that is out of reach is spoken of. */
final class PassShortageText {
    private PassShortageText() {}

    /** "availability against its SLO takes about 4,800 without any error". */
    static String takes(AnalysisRun run, PassShortage shortage) {
        var test = shortage.objective()
                + (shortage.kind() == TestKind.SLO ? " against its SLO" : " against the " + BaselineText.name(run));
        return shortage.needed().isPresent()
                ? test + " takes about " + FigureFormat.about(shortage.needed().getAsDouble()) + " without any error"
                : test + " takes more than any number of requests";
    }
}
