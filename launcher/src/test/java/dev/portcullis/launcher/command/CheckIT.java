package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.launcher.Readme;
import dev.portcullis.launcher.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void theReadmesConfigurationHasNoFault() throws Exception {
        put("checkout.yaml", Readme.writtenOut());
        assertEquals(0, check());
        assertEquals(
                "2 documents, 1 policy: no fault\nWhat they can detect at 50 requests a second to the canary: ./portcullis check "
                        + folder + " --rps 50\n",
                out.toString());
    }

    @Test
    void theReadmesPresetIsCheckedLikeAnythingElse() throws Exception {
        var preset = Readme.preset();
        put("checkout.yaml", preset);
        assertEquals(0, check("--rps", "50"));
        assertTrue(out.toString().contains("checkout-availability"), out.toString());
        put("checkout.yaml", preset.replace("preset: istio", "preset: isto"));
        assertEquals(1, check());
        assertTrue(
                out.toString().contains("checkout.yaml:6: spec.preset is 'isto' (did you mean 'istio'?)"),
                out.toString());
    }

    @Test
    void thePolicyForArgoRolloutsHasNoFault() throws Exception {
        put("checkout.yaml", Readme.policyForArgoRollouts());
        assertEquals(0, check(), out.toString());
    }

    @Test
    void faultsOfEveryServicesSectionAreToldWithFileAndLine() throws Exception {
        var faulty = Readme.writtenOut()
                .replace("type: Prometheus", "type: Promtheus")
                .replace("severity: critical", "severity: critcal")
                .replace("target: webhook", "target: webhok");
        put("checkout.yaml", faulty);
        assertEquals(1, check());
        var told = out.toString();
        assertTrue(told.contains("did you mean 'Prometheus'"), told);
        assertTrue(told.contains("did you mean 'critical'"), told);
        assertTrue(told.contains("webhok"), told);
        told.lines()
                .filter(line -> !line.endsWith("faults"))
                .forEach(line -> assertTrue(line.matches("checkout\\.yaml:[1-9][0-9]*: .*"), line));
    }

    @Test
    void anEmptyFolderIsLegalAndAMissingOneIsNamed() {
        assertEquals(0, check());
        assertEquals(
                "0 documents, 0 policies: no fault\nNothing is configured; to start: ./portcullis init " + folder
                        + "\n",
                out.toString());
        assertEquals(1, check(folder.resolve("nowhere")));
        assertTrue(out.toString().contains(folder.resolve("nowhere").toString()), out.toString());
    }

    @Test
    void aWrongWordEndsWithTwo() {
        assertEquals(
                2, RootCommand.commandLine().setErr(new PrintWriter(out, true)).execute("chek"));
    }

    @Test
    void askedWithTrafficItTellsWhatEachPolicyCanDetect() throws Exception {
        put("checkout.yaml", Readme.writtenOut());
        put("cart.yaml", Readme.writtenOut().replace("checkout", "cart"));
        assertEquals(0, check("--rps", "50", "--baseline-rps", "0", "--stable-budget", "0.2"));
        var told = out.toString();
        assertTrue(
                told.startsWith("4 documents, 2 policies: no fault\n\ncart at 50 requests/s to the canary, no stable"),
                told);
        assertTrue(told.contains("\n\ncheckout at 50 requests/s to the canary, no stable"), told);
        assertTrue(told.contains("fails 0.02 % of its requests, 20 % of what the target of 99.9 % allows"), told);
    }

    @Test
    void askedToItLooksIntoTheMetricSources() throws Exception {
        try (var site = new Site()) {
            site.configure(folder);
            assertEquals(0, check("--live"));
            var told = out.toString();
            assertTrue(
                    told.startsWith(
                            "3 documents, 1 policy: no fault\ncheckout.yaml:18: note: checkout-availability, total: 4"
                                    + " series of 2 pods in source 'pods', rollouts_pod_template_hash: c1, s1, "),
                    told);
            assertTrue(told.contains("\n1 metric source asked: 0 faults, 0 warnings\n"), told);
        }
    }

    @Test
    void whatTheMetricSourcesSayIsInTheJsonObject() throws Exception {
        try (var site = new Site()) {
            site.configure(folder);
            assertEquals(0, check("--live", "--output", "json"));
            var live = new ObjectMapper().readTree(out.toString()).get("live");
            assertEquals(1, live.get("sources").asInt());
            var found = live.get("findings").get(0);
            assertEquals("MEASURABLE", found.get("kind").asText());
            assertEquals("NOTE", found.get("severity").asText());
            assertEquals("checkout.yaml", found.get("file").asText());
            assertEquals(18, found.get("line").asInt());
            assertTrue(found.get("message").asText().startsWith("4 series of 2 pods"), out::toString);
        }
    }

    @Test
    void aFaultThatOnlyTheMetricSourceTellsEndsWithOne() throws Exception {
        try (var site = new Site()) {
            site.configure(folder);
            var file = folder.resolve("checkout.yaml");
            Files.writeString(file, Files.readString(file).replace("http_requests_total", "http_request_total"));
            assertEquals(0, check(), "offline nothing is wrong");
            assertEquals(1, check("--live"));
            var told = out.toString();
            assertTrue(
                    told.contains(
                            "checkout.yaml:18: checkout-availability, total: the metric http_request_total does not exist in"
                                    + " source 'pods'; similar names: http_requests_total; write one of them, or let the source"
                                    + " read the pods that export it\n1 metric source asked: 2 faults, 0 warnings\n"),
                    told);
        }
    }

    @Test
    void whatIsFaultyIsNotSimulated() throws Exception {
        put("checkout.yaml", Readme.writtenOut().replace("severity: critical", "severity: critcal"));
        assertEquals(1, check("--rps", "50"));
        assertTrue(out.toString().endsWith(" 1 fault\n"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rps 0                           | --rps is 0.0; legal: 0.001 to 10000000
                    --rps NaN                         | --rps is NaN; legal: 0.001 to 10000000
                    --rps 5 --baseline-rps -1         | --baseline-rps is -1.0; legal: 0.001 to 10000000, or 0 for none
                    --rps 5 --stable-budget 0         | --stable-budget is 0.0; legal: 0.001 to 10
                    --rps many                        | 'many'
                    --baseline-rps 5                  | --rps
                    --rps 5 --stable-budget 10        | legal: below 6.666 """)
    void aFlagThatMakesNoSenseEndsWithTwo(String flags, String told) throws Exception {
        put("checkout.yaml", Readme.writtenOut().replace("target: 0.999", "target: 0.85"));
        assertEquals(2, check(flags.split(" ")));
        assertTrue(out.toString().contains(told), out.toString());
    }

    private int check(String... flags) {
        return check(folder, flags);
    }

    private int check(Path of, String... flags) {
        var to = new PrintWriter(out, true);
        var words = Stream.concat(Stream.of("check", of.toString()), Stream.of(flags));
        return RootCommand.commandLine().setOut(to).setErr(to).execute(words.toArray(String[]::new));
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
