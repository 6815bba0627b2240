package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/sources: each kind of source has a page, whose configurations can be copied, and a row of the index that says what it can do. */
class DocumentedSourcesTest {
    private static final Page INDEX = Page.of("docs/sources/README.md");

    static Stream<SourceKind> kinds() {
        return Wiring.sourceKinds(Wiring.DEFAULT_PROMETHEUS, Clock.systemUTC()).stream();
    }

    static Stream<SourceKind> kindsWithHistograms() {
        return kinds().filter(kind -> documented(kind).readsHistograms());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theConfigurationOfItsPageCanBeCopied(SourceKind kind) {
        var configuration = parsed(kind, configurations(kind).getFirst());
        var objectives = configuration.services().get("checkout").objectives();
        assertEquals(
                documented(kind).source(), objectives.getFirst().indicator().source());
    }

    @ParameterizedTest
    @MethodSource("kindsWithHistograms")
    void theLatencyOfItsPageFitsToTheConfigurationBeforeIt(SourceKind kind) {
        var blocks = configurations(kind);
        assertEquals(2, blocks.size());
        // Its policy takes the place of the one before.
        var before = Arrays.stream(blocks.getFirst().split("---\n"))
                .filter(document -> !document.contains("kind: ReleasePolicy"))
                .collect(Collectors.joining("---\n"));
        var latency = parsed(kind, before + "---\n" + blocks.getLast())
                .services()
                .get("checkout")
                .objectives()
                .getLast();
        var indicator = assertInstanceOf(LatencyIndicator.class, latency.indicator());
        assertEquals(documented(kind).source(), indicator.source());
        assertEquals(0.3, indicator.threshold());
    }

    @Test
    void theIndexSaysWhatEachKindCanDo() {
        var rows = INDEX.text().lines().filter(line -> line.startsWith("| [")).toList();
        assertEquals(
                kinds().map(DocumentedSourcesTest::row).toList(),
                rows.stream()
                        .map(row -> List.of(row.split(" *\\| *")))
                        .map(cells -> Stream.of(1, 3, 4, 5, 6).map(cells::get).collect(Collectors.joining(" | ")))
                        .toList());
    }

    /** The columns of the index that the code knows: type, language of its queries, histograms, past, and whether it can be inspected. */
    private static String row(SourceKind kind) {
        var source = documented(kind);
        var histograms = source.readsNativeHistograms() ? "classic and native" : "classic";
        return String.join(
                " | ",
                "[" + kind.name() + "](" + fileName(kind) + ")",
                source.speaksPromQl() ? "PromQL" : "its own",
                source.readsHistograms() ? histograms : "none",
                source.openHistory().isPresent() ? "yes" : "no",
                source.inspection().isPresent() ? "yes" : "no");
    }

    /** The source that its page configures first. */
    private static SourceDefinition documented(SourceKind kind) {
        var configuration = parsed(kind, configurations(kind).getFirst());
        var defaultSource = kind.defaultSource().map(SourceDefinition::source).orElse("");
        return configuration.sources().values().stream()
                .filter(source -> !source.source().equals(defaultSource))
                .findFirst()
                .orElseThrow();
    }

    /** Whole configurations; a DataSource alone is the business of {@link PrometheusPageTest}. */
    private static List<String> configurations(SourceKind kind) {
        return Page.of("docs/sources/" + fileName(kind)).blocks("yaml").stream()
                .filter(block -> block.contains("kind: ReleasePolicy"))
                .toList();
    }

    private static String fileName(SourceKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ".md";
    }

    /** Read by a service that knows no other kind. */
    private static AnalysisConfiguration parsed(SourceKind kind, String text) {
        var faults = new Faults();
        var parsed = AnalysisConfiguration.parse(
                ConfigurationDocument.ofText("docs.yaml", text, faults), faults, List.of(kind));
        assertEquals(List.of(), faults.list());
        return parsed;
    }
}
