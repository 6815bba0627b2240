package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.InspectionFailure;
import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is a fault of an objective that decides is a warning of one that does not. */
class InformationalObjectiveTest {
    /** A source that has nothing, or breaks off after so many questions. */
    private static final class Nothing implements SourceSnapshot {
        private int answers;

        Nothing(int answers) {
            this.answers = answers;
        }

        @Override
        public SelectedSeries inspect(Selector selector) {
            if (answers-- <= 0) {
                throw new InspectionException(InspectionFailure.UNREACHABLE, "gone");
            }
            return SelectedSeries.EMPTY;
        }

        @Override
        public MetricType type(String metric) {
            return MetricType.UNKNOWN;
        }

        @Override
        public SortedSet<String> metrics() {
            return new TreeSet<>();
        }
    }

    private static List<Finding> findings(Severity severity, int answers) {
        var objective = new Objective("errors", 0.99, severity, new RatioIndicator("pods", "good", null, "total"));
        var service = new ServiceObjectives("checkout", "version", List.of(objective), AnalysisSettings.DEFAULT);
        SourceInspection inspection = () -> Optional.of(new Nothing(answers));
        return new Diagnosis(Map.of("pods", inspection), () -> {}).of(List.of(service));
    }

    @Test
    void itsFaultsAreWarnings() {
        assertEquals(
                List.of(FindingSeverity.WARNING, FindingSeverity.WARNING),
                findings(Severity.INFORMATIONAL, 9).stream()
                        .map(Finding::severity)
                        .toList());
        assertEquals(
                List.of(FindingSeverity.FAULT, FindingSeverity.FAULT),
                findings(Severity.MINOR, 9).stream().map(Finding::severity).toList());
    }

    @Test
    void aSourceWithoutAnythingIsToldSo() {
        assertEquals(
                "the metric good does not exist in source 'pods', which has no metrics at all; let it read the pods of checkout",
                findings(Severity.MINOR, 9).getFirst().text());
    }

    @Test
    void ofASourceThatFailsInBetweenOnlyThatIsTold() {
        assertEquals(
                List.of(FindingKind.SOURCE_UNREACHABLE),
                findings(Severity.MINOR, 2).stream().map(Finding::kind).toList());
    }
}
