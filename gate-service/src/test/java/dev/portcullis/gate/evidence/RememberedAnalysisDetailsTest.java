package dev.portcullis.gate.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RememberedAnalysisDetailsTest {
    private static final String NAME = "analyses/1";

    private int reads;
    private Optional<AnalysisDetail> there = Optional.of(detail(1, AnalysisState.RUNNING));
    private Optional<AnalysisReport> latest = Optional.of(report(1, AnalysisState.RUNNING));
    private boolean away;
    private final AnalysisDetails details = new RememberedAnalysisDetails(
            analysis -> {
                reads++;
                if (away) {
                    throw new AnalysisUnavailableException("away");
                }
                return there;
            },
            analysis -> latest);

    @Test
    void whatIsLatestIsReadOnce() {
        assertEquals(there, details.read(NAME));
        assertEquals(there, details.read(NAME));
        assertEquals(1, reads);
    }

    @Test
    void aLaterRevisionIsRead() {
        details.read(NAME);
        latest = Optional.of(report(2, AnalysisState.RUNNING));
        there = Optional.of(detail(3, AnalysisState.RUNNING));
        assertEquals(there, details.read(NAME));
        latest = Optional.of(report(3, AnalysisState.RUNNING));
        assertEquals(there, details.read(NAME));
        assertEquals(2, reads);
    }

    @Test
    void withoutKnowingTheLatestItIsReadEachTime() {
        latest = Optional.empty();
        details.read(NAME);
        details.read(NAME);
        assertEquals(2, reads);
    }

    @Test
    void whatHasEndedIsReadNoMore() {
        latest = Optional.empty();
        there = Optional.of(detail(4, AnalysisState.CONCLUDED));
        details.read(NAME);
        away = true;
        assertEquals(there, details.read(NAME));
        assertEquals(1, reads);
    }

    @Test
    void anOlderAnswerReplacesNoNewerOne() {
        there = Optional.of(detail(5, AnalysisState.RUNNING));
        details.read(NAME);
        latest = Optional.of(report(6, AnalysisState.RUNNING));
        there = Optional.of(detail(2, AnalysisState.RUNNING));
        details.read(NAME);
        latest = Optional.of(report(5, AnalysisState.RUNNING));
        assertEquals(5, details.read(NAME).orElseThrow().report().revision());
    }

    @Test
    void whatCannotBeHadIsNotRemembered() {
        away = true;
        assertThrows(AnalysisUnavailableException.class, () -> details.read(NAME));
        away = false;
        there = Optional.empty();
        assertEquals(Optional.empty(), details.read(NAME));
        there = Optional.of(detail(1, AnalysisState.RUNNING));
        assertEquals(there, details.read(NAME));
    }

    private static AnalysisDetail detail(long revision, AnalysisState state) {
        return new AnalysisDetail(
                report(revision, state),
                Instant.EPOCH,
                Duration.ofSeconds(30),
                new Evidence(0, 0, 1, 1),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static AnalysisReport report(long revision, AnalysisState state) {
        return new AnalysisReport(
                NAME,
                revision,
                state,
                Judge.SEQUENTIAL,
                Verdict.CONTINUE,
                MeasuringState.MEASURING,
                "",
                AnalysisProgress.NEVER,
                Instant.EPOCH,
                Set.of(),
                Set.of(),
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "",
                () -> "{}");
    }
}
