package dev.portcullis.analysis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.kit.document.UnreadableDocumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each version of analysis-service stored is read for ever: {@code stored/<version>} holds the documents as PostgreSQL gives them back. A form that changes
 * gets a new version and new files beside the old ones.
 */
final class StoredFormsTest {
    private static final int NEWEST = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> OTHERS_NAMES = Set.of("availability", "latency", "errors", "a");

    /** One document and what it says. */
    private record Sample<T>(String file, String field, DocumentColumn<T> column, T value, int first) {
        Sample(String file, String field, DocumentColumn<T> column, T value) {
            this(file, field, column, value, 1);
        }

        IntStream versions() {
            return IntStream.rangeClosed(first, NEWEST);
        }

        void isReadFrom(int version) {
            assertEquals(value, column.read(text(version).toString(), "7"));
        }

        JsonNode text(int version) {
            return document(version, file).get(field);
        }
    }

    static List<Sample<?>> samples() {
        List<Sample<?>> samples = new ArrayList<>();
        samples.addAll(of("analysis-full", SampleRuns.full()));
        samples.addAll(of("analysis-bare", SampleRuns.bare()));
        var window = SampleRuns.window();
        samples.add(new Sample<>("analysis_window-full", "counts", Documents.COUNTS, window.counts()));
        samples.add(new Sample<>(
                "analysis_window-full", "baseline_halves", Documents.BASELINE_HALVES, window.baselineHalves()));
        samples.add(new Sample<>(
                "analysis-waiting", "counter_state", Documents.COUNTER_STATE, SampleRuns.waitingCounters(), 3));
        samples.add(new Sample<>("stable_history-full", "history", Documents.STABLE_HISTORY, SampleRuns.history()));
        return samples;
    }

    private static List<Sample<?>> of(String file, AnalysisRun run) {
        var measurement = run.measurement();
        List<Sample<?>> samples = new ArrayList<>(List.of(
                new Sample<>(file, "plan", Documents.PLAN, run.plan().objectives()),
                new Sample<>(file, "notes", Documents.NOTES, measurement.notes()),
                new Sample<>(file, "counter_state", Documents.COUNTER_STATE, measurement.counters()),
                new Sample<>(file, "totals", Documents.TOTALS, measurement.totals()),
                new Sample<>(file, "evaluation", Documents.EVALUATION, run.assessment())));
        if (file.endsWith("full")) {
            samples.add(new Sample<>(
                    file,
                    "history",
                    Documents.HISTORY,
                    Objects.requireNonNull(run.plan().history())));
            samples.add(new Sample<>(
                    file,
                    "previous_release",
                    Documents.PREVIOUS_RELEASE,
                    Objects.requireNonNull(run.plan().previous())));
            samples.add(new Sample<>(
                    file, "open_window", Documents.OPEN_WINDOW, Objects.requireNonNull(measurement.open())));
        }
        return samples;
    }

    static Stream<Arguments> versions() {
        return samples().stream()
                .flatMap(sample -> sample.versions().mapToObj(version -> Arguments.of(version, sample)));
    }

    @ParameterizedTest(name = "version {0}: {1}")
    @MethodSource("versions")
    void whatAVersionStoredIsReadAsItWasMeant(int version, Sample<?> sample) {
        sample.isReadFrom(version);
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void whatIsWrittenIsTheNewestVersion(Sample<T> sample) throws IOException {
        var written = JSON.readTree(sample.column().write(sample.value()));
        assertTrue(sample.text(NEWEST).equals(StoredFormsTest::byValue, written), () -> "now written: " + written);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noFieldMayBeMissingOrUnknown(Sample<?> sample) {
        for (var version : sample.versions().toArray()) {
            var whole = sample.text(version);
            for (var place : objects(whole)) {
                for (var name : names(place)) {
                    var value = ((ObjectNode) place).remove(name);
                    refused(sample, whole, name + " left out");
                    ((ObjectNode) place).set("renamed", value);
                    refused(sample, whole, name + " renamed");
                    ((ObjectNode) place).remove("renamed");
                    ((ObjectNode) place).set(name, value);
                }
            }
            sample.column().read(whole.toString(), "7");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noNumberIsTakenForNothing(Sample<?> sample) {
        var whole = sample.text(sample.first());
        for (var place : objects(whole)) {
            for (var name : names(place)) {
                var value = place.get(name);
                if (value.isNumber()) {
                    ((ObjectNode) place).set(name, NullNode.getInstance());
                    refused(sample, whole, name + " null");
                    ((ObjectNode) place).put(name, "");
                    refused(sample, whole, name + " empty");
                    ((ObjectNode) place).set(name, value);
                }
            }
        }
    }

    private static void refused(Sample<?> sample, JsonNode text, String what) {
        // OptionalInt and OptionalDouble may be null.
        if (what.matches("(passedAt|failedAt|pass|needed|lower|upper|effect) null")) {
            return;
        }
        var fault = assertThrows(
                UnreadableDocumentException.class, () -> sample.column().read(text.toString(), "row 7"), what);
        assertTrue(String.valueOf(fault.getMessage()).contains(sample.field() + " of row row 7"), fault.getMessage());
    }

    private static List<JsonNode> objects(JsonNode root) {
        List<JsonNode> found = new ArrayList<>();
        if (root.isObject()) {
            found.add(root);
        }
        root.forEach(part -> found.addAll(objects(part)));
        return found;
    }

    /** Its fields, but not the names of objectives, groups, pods and series: what a map has by name can be anything. */
    private static List<String> names(JsonNode object) {
        return object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.startsWith("{") && !OTHERS_NAMES.contains(name))
                .toList();
    }

    /** PostgreSQL writes numbers its own way. */
    private static int byValue(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? Double.compare(one.asDouble(), other.asDouble())
                : one.equals(other) ? 0 : 1;
    }

    private static JsonNode document(int version, String name) {
        var path = "/stored/" + version + "/" + name + ".json";
        try (var file = Objects.requireNonNull(StoredFormsTest.class.getResourceAsStream(path), path)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
