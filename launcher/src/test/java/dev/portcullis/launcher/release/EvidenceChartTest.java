package dev.portcullis.launcher.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.HistoryPoint;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Charts are drawn as they were. With {@code -Dportcullis.charts=FOLDER} they are written there, to be looked at and kept. */
final class EvidenceChartTest {
    private static final Path KEPT = Path.of("src/test/resources/release");
    private static final long BEGIN = Instant.parse("2026-12-01T10:00:00Z").getEpochSecond();

    @Test
    void itIsDrawnAsItWas() throws IOException {
        assertKept("watch-unicode.txt", EvidenceChart.lines(analysis(40, true), 80, Glyphs.UNICODE, Paint.NONE));
        assertKept("watch-ascii.txt", EvidenceChart.lines(analysis(40, true), 80, Glyphs.ASCII, Paint.NONE));
        assertKept("watch-alone.txt", EvidenceChart.lines(analysis(3, false), 60, Glyphs.UNICODE, Paint.NONE));
    }

    @Test
    void thePageShowsWhatIsDrawn() throws IOException {
        var shown = Files.readString(KEPT.resolve("watch-unicode.txt"))
                .lines()
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
        var page = Files.readString(Path.of("../docs/release-command.md"));
        assertTrue(page.contains(shown), shown);
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (var width = 60; width < 200; width++) {
            for (var line : EvidenceChart.lines(analysis(40, true), width, Glyphs.UNICODE, Paint.NONE)) {
                assertTrue(line.length() <= Math.max(width, 68), width + ": " + line);
            }
        }
        assertFalse(EvidenceChart.lines(analysis(40, true), 1, Glyphs.UNICODE, Paint.NONE)
                .isEmpty());
    }

    @Test
    void coloursAddNothingButThemselves() {
        var plain = EvidenceChart.lines(analysis(40, true), 80, Glyphs.UNICODE, Paint.NONE);
        var coloured = EvidenceChart.lines(
                analysis(40, true), 80, Glyphs.UNICODE, (colour, text) -> "\u001b[1m" + text + "\u001b[0m");
        assertEquals(
                plain,
                coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[\\dm", "").stripTrailing())
                        .toList());
    }

    @Test
    void beforeTheFirstWindowNothingIsDrawn() {
        assertEquals(
                List.of(),
                EvidenceChart.lines(
                        analysis(40, true).toBuilder().clearHistory().build(), 80, Glyphs.UNICODE, Paint.NONE));
    }

    @Test
    void aCanaryWithoutRequestsHasNoLine() {
        var silent = analysis(2, true).toBuilder();
        silent.getHistoryBuilderList()
                .forEach(
                        point -> point.getObjectivesBuilder(0).clearCanary().setCounts(ArmCounts.getDefaultInstance()));
        var lines = String.join("\n", EvidenceChart.lines(silent.build(), 80, Glyphs.UNICODE, Paint.NONE));
        assertFalse(lines.contains("canary 0"), lines);
        assertTrue(lines.contains("limit 0.5 %"), lines);
    }

    @Test
    void whatOthersCallThingsIsOneLineOfPlainText() {
        var hostile = analysis(3, true).toBuilder().setExplainedSlo("");
        hostile.getObjectivesBuilder(0).setSlo("a\n\u001b[31mb");
        hostile.getHistoryBuilderList()
                .forEach(point -> point.getObjectivesBuilder(0).setSlo("a\n\u001b[31mb"));
        var lines = EvidenceChart.lines(hostile.build(), 80, Glyphs.UNICODE, Paint.NONE);
        assertTrue(lines.getFirst().startsWith("  a \\u001b[31mb: bad requests"), lines.getFirst());
    }

    @Test
    void charactersAreThoseThatCanBeWritten() {
        assertEquals(Glyphs.UNICODE, Glyphs.of(StandardCharsets.UTF_8));
        assertEquals(Glyphs.ASCII, Glyphs.of(StandardCharsets.US_ASCII));
        assertEquals(Glyphs.ASCII, Glyphs.of(StandardCharsets.ISO_8859_1));
    }

    private static void assertKept(String file, List<String> lines) throws IOException {
        var text = lines.stream().collect(Collectors.joining("\n", "", "\n"));
        var wanted = System.getProperty("portcullis.charts", "");
        if (!wanted.isEmpty()) {
            Files.writeString(Path.of(wanted).resolve(file), text);
        }
        assertEquals(Files.readString(KEPT.resolve(file)), text);
    }

    private static Analysis analysis(int windows, boolean compared) {
        return Analysis.newBuilder()
                .setExplainedSlo("checkout-availability")
                .setEvidence(
                        Evidence.newBuilder().setFailThreshold(Math.log(100)).setPassThreshold(Math.log(20)))
                .addObjectives(ObjectiveResult.newBuilder()
                        .setSlo("checkout-availability")
                        .setLimits(ObjectiveLimits.newBuilder().setSloFailRatio(0.005)))
                .addAllHistory(IntStream.rangeClosed(1, windows)
                        .mapToObj(k -> point(k, windows, compared))
                        .toList())
                .build();
    }

    private static HistoryPoint point(int k, int windows, boolean compared) {
        var objective = ObjectiveHistory.newBuilder()
                .setSlo("checkout-availability")
                .setCounts(ArmCounts.newBuilder()
                        .setCanary(counts(0.0041 * (1 + 0.4 * Math.sin(k) / k), 1500.0 * k))
                        .setBaseline(compared ? counts(0.0012, 15_000.0 * k) : Counts.getDefaultInstance()))
                .setCanary(bounds(0.0041, 1500, k));
        if (compared) {
            objective.setBaseline(bounds(0.0012, 15_000, k));
        }
        return HistoryPoint.newBuilder()
                .setWindow(k)
                .setTime(Timestamp.newBuilder().setSeconds(BEGIN + 30L * k))
                .setFail(1.84 * k / windows + 0.2 * Math.sin(k))
                .setPass(0.4 * k / windows)
                .addObjectives(objective)
                .build();
    }

    private static Counts counts(double ratio, double total) {
        return Counts.newBuilder().setBad(ratio * total).setTotal(total).build();
    }

    private static ConfidenceInterval bounds(double ratio, double perWindow, int k) {
        var half = 4 * Math.sqrt((ratio + 1 / perWindow) / (k * perWindow));
        return ConfidenceInterval.newBuilder()
                .setLower(Math.max(0, ratio - half))
                .setUpper(ratio + half)
                .build();
    }
}
