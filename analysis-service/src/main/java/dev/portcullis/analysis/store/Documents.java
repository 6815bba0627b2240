package dev.portcullis.analysis.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.run.Assessment;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.OpenWindow;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.kit.text.PlainText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The jsonb columns. Their forms are records of this package and not those of the domain, so that a renamed component of the domain alters nothing stored. Version 2
 * is version 1, which had no version in it, with texts that escape what jsonb cannot hold.
 */
final class Documents {
    private static final int VERSION = 2;

    /** Version 3 tells apart what waits to be counted, what is doubted and what is lost. */
    private static final int COUNTER_STATE_VERSION = 3;

    static final DocumentColumn<ServiceObjectives> PLAN = DocumentColumn.of(
            "analysis.plan",
            VERSION,
            StoredObjectives.class,
            StoredObjectives::of,
            StoredObjectives::objectivesOfService);

    static final DocumentColumn<StableHistory> HISTORY = DocumentColumn.of(
            "analysis.history", VERSION, StoredHistory.class, StoredHistory::of, StoredHistory::history);

    static final DocumentColumn<PreviousRelease> PREVIOUS_RELEASE = DocumentColumn.of(
            "analysis.previous_release",
            VERSION,
            StoredPreviousRelease.class,
            StoredPreviousRelease::of,
            StoredPreviousRelease::release);

    static final DocumentColumn<List<String>> NOTES = DocumentColumn.of(
            "analysis.notes",
            VERSION,
            new TypeReference<List<String>>() {},
            notes -> Elements.of(notes, PlainText::of),
            Function.identity());

    static final DocumentColumn<CounterState> COUNTER_STATE = DocumentColumn.of(
                    "analysis.counter_state",
                    COUNTER_STATE_VERSION,
                    StoredCounterState.class,
                    StoredCounterState::of,
                    StoredCounterState::state)
            .before(2, StoredCounterState2.class, StoredCounterState2::state)
            .before(1, StoredCounterState1.class, StoredCounterState1::state);

    static final DocumentColumn<OpenWindow> OPEN_WINDOW = DocumentColumn.of(
            "analysis.open_window", VERSION, StoredOpenWindow.class, StoredOpenWindow::of, StoredOpenWindow::window);

    static final DocumentColumn<Measurement.Totals> TOTALS =
            DocumentColumn.of("analysis.totals", VERSION, StoredTotals.class, StoredTotals::of, StoredTotals::totals);

    static final DocumentColumn<Assessment> EVALUATION = DocumentColumn.of(
                    "analysis.evaluation",
                    VERSION,
                    StoredAssessment.class,
                    StoredAssessment::of,
                    StoredAssessment::assessment)
            .before(1, StoredAssessment.Version1.class, StoredAssessment.Version1::assessment);

    static final DocumentColumn<Map<String, Observation>> COUNTS = DocumentColumn.of(
            "analysis_window.counts",
            VERSION,
            new TypeReference<Map<String, StoredObservation>>() {},
            counts -> Elements.of(counts, StoredObservation::of),
            counts -> Elements.of(counts, StoredObservation::observation));

    static final DocumentColumn<Map<String, Halves>> BASELINE_HALVES = DocumentColumn.of(
            "analysis_window.baseline_halves",
            VERSION,
            new TypeReference<Map<String, StoredHalves>>() {},
            halves -> Elements.of(halves, StoredHalves::of),
            halves -> Elements.of(halves, StoredHalves::halves));

    static final DocumentColumn<StableHistory> STABLE_HISTORY = DocumentColumn.of(
            "stable_history.history", VERSION, StoredHistory.class, StoredHistory::of, StoredHistory::history);

    private Documents() {}
}
