package dev.portcullis.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.ShopDocuments;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies of docs/configuration.md that spell every default out mean what a policy means that leaves it out. */
final class CompletePolicyTest {
    private static final String SLO =
            ShopDocuments.slo("checkout-availability", "type: Prometheus", "bad", "errors_total", "requests_total");
    private static final String OBJECTIVE = "{slo: checkout-availability}";

    @Test
    void theSequentialJudgesPolicySaysNothingButDefaults() throws IOException {
        assertSame(
                "judge: sequential",
                ShopDocuments.policy(
                        OBJECTIVE,
                        "rollback:",
                        "  target: webhook",
                        "  url: http://switch.shop.internal:8090/rollback",
                        "  readBack: http://switch.shop.internal:8090/traffic"));
    }

    @Test
    void theMannWhitneyJudgesPolicySaysNothingButDefaults() throws IOException {
        assertSame("judge: mann-whitney", ShopDocuments.policy(OBJECTIVE, "analysis: {judge: mann-whitney}"));
    }

    @Test
    void thePresetsPolicySaysNothingButDefaults() throws IOException {
        var policy = ShopDocuments.policy("", "preset: istio").replace("  objectives: []\n", "");
        assertSame("name: istio", policy);
    }

    @Test
    void everyKeyOfAPolicyThatHasADefaultIsInOneOfThem() throws IOException {
        var page = ConfigurationPage.read();
        var written = Stream.of("judge: sequential", "judge: mann-whitney", "name: istio")
                .map(page::example)
                .flatMap(example -> ConfigurationDocument.ofText("example.yaml", example, new Faults()).stream())
                .flatMap(document -> WrittenKeys.of(document.spec()).stream())
                .toList();
        var missing = page.keys().stream()
                .filter(line -> line.section().startsWith("ReleasePolicy"))
                .filter(CompletePolicyTest::hasDefault)
                .map(KeyLine::path)
                .filter(path -> written.stream().noneMatch(path::equals))
                .toList();
        assertEquals(List.of(), missing);
    }

    /**
     * One in words is not always one that could be written; nor do the labels of the other presets stand in the example of one, nor what names the pods
     * of another baseline than the default. A policy has one target here, the webhook: the others have a page and an example each; nor has it a rule.
     */
    private static boolean hasDefault(KeyLine line) {
        return !line.usual().equals(KeyLine.NONE)
                && !line.path().contains("<group>")
                && !line.path().matches("preset\\.(ingress|job|metricSourceRef)")
                && !line.path().startsWith("arms.baselinePods.")
                && !line.path().startsWith("rollback.steps[].")
                && !line.path().matches("gate\\.(rules|tests)\\[].*")
                && !line.section().matches("ReleasePolicy / (target: (?!webhook).*|provider: .*)");
    }

    private static void assertSame(String example, String shortest) throws IOException {
        var complete = FolderReading.of(
                ShopDocuments.file(SLO, ConfigurationPage.read().example(example)));
        var least = FolderReading.of(ShopDocuments.file(SLO, shortest));
        assertEquals(List.of(), complete.faults());
        assertEquals(List.of(), least.faults());
        assertEquals(objectives(least), objectives(complete));
        assertEquals(policy(least), policy(complete));
        assertEquals(least.rollbacks(), complete.rollbacks());
    }

    /** Without its text, which is the one difference there has to be. */
    private static Optional<GatePolicy> policy(FolderReading reading) {
        return reading.gate()
                .find("checkout")
                .map(read -> new GatePolicy(
                        read.name(),
                        read.service(),
                        read.undecided(),
                        read.onFail(),
                        read.skipAnalysis(),
                        read.bakeAfter(),
                        read.rules(),
                        ""));
    }

    /** That a value was said is the one difference there has to be. */
    private static ServiceObjectives objectives(FolderReading reading) {
        var read = Objects.requireNonNull(reading.services().get("checkout"));
        return new ServiceObjectives(read.service(), read.armLabel(), read.objectives(), unsaid(read.settings()));
    }

    private static AnalysisSettings unsaid(AnalysisSettings settings) {
        var window = settings.timing().window();
        return settings.withRhythm(settings.timing().withWindow(window, Provenance.DEFAULT))
                .withClusterSize(new ClusterSize(settings.clusterSize().requests(), Provenance.DEFAULT));
    }
}
