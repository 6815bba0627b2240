package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canary configs of Kayenta as SLOs and policies. */
final class ImportKayentaTest {
    private static final Path CHECKOUT = Path.of("src/test/resources/kayenta/checkout.json");

    @TempDir
    private Path parent;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int imported(String json, String... options) throws IOException {
        var file = Files.writeString(parent.resolve("canary.json"), json);
        var arguments = new ArrayList<>(List.of("import", "kayenta", file.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private void assertChecked(Path folder, String told) {
        out.getBuffer().setLength(0);
        assertEquals(0, run("check", folder.toString()), out::toString);
        assertTrue(out.toString().startsWith(told), out::toString);
    }

    @Test
    void aConfigOfRatiosIsAPolicyThatPassesCheck() throws IOException {
        var folder = parent.resolve("config");
        assertEquals(0, run("import", "kayenta", CHECKOUT.toString(), "--output", folder.toString()), err::toString);
        var text = Files.readString(folder.resolve("checkout-canary.yaml"));
        for (var line : List.of(
                "metadata: {name: 'checkout-canary'}",
                "  service: 'checkout'",
                "  arms: {label: 'version'}",
                "bad: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{app=\"checkout\",code=~\"5..\"}'}}}",
                "total: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{app=\"checkout\"}'}}}",
                "good: {metricSource: {type: Prometheus, spec: {query: 'grpc_total{code!~\"4|5\"}'}}}",
                "good: {metricSource: {type: Prometheus, spec: {query: 'rpcs_total{code=\"OK\"}'}}}",
                "    - {slo: 'checkout-server-errors', severity: critical}",
                "    - {slo: 'checkout-success-rate-grpc', severity: major}",
                "    - {slo: 'checkout-it-s-shown', severity: informational}",
                "      passScore: 90",
                "      marginalScore: 50",
                "      groupWeights: {'Errors': 70, 'grpc': 30}",
                "        'checkout-server-errors': {groups: ['Errors'], direction: increase, nanStrategy: 'replace', mustHaveData: true, effectSize: {measure: 'meanRatio', allowedIncrease: 1.1, criticalIncrease: 2}}",
                "        'checkout-success-rate-grpc': {groups: ['Errors', 'grpc'], direction: increase, outlierFactor: 3}")) {
            assertTrue(text.contains(line), line + "\nis not in\n" + text);
        }
        assertChecked(folder, "4 documents, 1 policy: no fault");
        assertEquals(1, run("import", "kayenta", CHECKOUT.toString(), "--output", folder.toString()));
        assertTrue(err.toString().contains("is there already"), err::toString);
    }

    @Test
    void theSameForTheSequentialJudgeHasNoScores() throws IOException {
        var folder = parent.resolve("config");
        assertEquals(
                0,
                run(
                        "import",
                        "kayenta",
                        CHECKOUT.toString(),
                        "--output",
                        folder.toString(),
                        "--judge",
                        "sequential",
                        "--target",
                        "0.99",
                        "--service",
                        "shop"),
                err::toString);
        var text = Files.readString(folder.resolve("checkout-canary.yaml"));
        assertFalse(text.contains("mannWhitney") || text.contains("judge"), text);
        assertTrue(text.contains("objectives: [{target: 0.99}]") && text.contains("service: 'shop'"), text);
        assertTrue(err.toString().contains("metric 'Server errors' has settings of Kayenta's judge"), err::toString);
        assertChecked(folder, "4 documents, 1 policy: no fault");
    }

    @Test
    void withoutAFolderOnlyYamlGoesToStandardOutput() {
        assertEquals(0, run("import", "kayenta", CHECKOUT.toString()));
        assertTrue(out.toString().startsWith("# From Kayenta's canary config 'checkout-canary'."), out::toString);
        assertTrue(err.toString().contains("set the one that users are promised"), err::toString);
    }

    private static String metric(String query, String more) {
        return """
                {"name": "c", "applications": ["checkout"], "metrics": [
                  {"name": "good", "query": {"type": "prometheus", "customInlineTemplate":
                    "PromQL:sum(rate(a{v='${scope}',code=~'5..'}[1m]))/sum(rate(a{v='${scope}'}[1m]))"}, "groups": ["g"]},
                  {"name": "other", "query": %s, "groups": ["h"]%s}],
                 "classifier": {"groupWeights": {"g": 60, "h": 40}}}""".formatted(query, more);
    }

    private static String promql(String expression) {
        return "{\"type\": \"prometheus\", \"customInlineTemplate\": \"PromQL:" + expression + "\"}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "avg(cpu{v='${scope}'})|is no ratio of two sums of counters",
                "histogram_quantile(0.99, sum(rate(b{v='${scope}'}[1m])) by (le))|is a quantile",
                "sum(a{v='${scope}'})/sum(rate(a{v='${scope}'}[1m]))|is no sum of rate",
                "avg(rate(a{v='${scope}'}[1m]))/sum(rate(a{v='${scope}'}[1m]))|is no sum of counters",
                "sum(rate(a{code=~'5..'}[1m]))/sum(rate(a[1m]))|does not have ${scope}",
                "sum(rate(a{v='${scope}',code=~'5..'}[1m]))/sum(rate(a[1m]))|does not have ${scope}",
                "sum(rate(a{pod=~'${scope}-.*',code=~'5..'}[1m]))/sum(rate(a{pod=~'${scope}-.*'}[1m]))|tells canary from stable by pod=~\"${scope}-.*\"",
                "sum(rate(a{w='${scope}',code=~'5..'}[1m]))/sum(rate(a{w='${scope}'}[1m]))|tells canary from stable by label 'w'",
                "sum(rate(a{v='${scope}',ns='${location}',code=~'5..'}[1m]))/sum(rate(a{v='${scope}',ns='${location}'}[1m]))|has ${location}",
                "sum(rate(a{v='${scope}',x='${project}',code=~'5..'}[1m]))/sum(rate(a{v='${scope}'}[1m]))|has ${project}",
                "sum(rate(x{v='${scope}'}[1m]))/sum(rate(a{v='${scope}'}[1m]))|does not tell whether",
                "sum(rate(a{v='${scope}',code~'5..'}[1m]))/sum(rate(a{v='${scope}'}[1m]))|column"
            })
    void aQueryWithoutACounterpartIsToldByNameLineAndWhy(String expression, String why) throws IOException {
        assertEquals(1, imported(metric(promql(expression), "")), out::toString);
        assertEquals("", out.toString(), "nothing is made");
        var told = err.toString();
        assertTrue(told.contains("canary.json:4: metric 'other' "), told);
        assertTrue(told.contains(why), told);
        assertTrue(told.contains("--partial"), told);
        assertEquals(0, imported(metric(promql(expression), ""), "--partial"), err::toString);
        assertTrue(out.toString().contains("checkout-good") && !out.toString().contains("checkout-other"));
        assertFalse(out.toString().contains("groupWeights"), "weights of what is left would not be of 100");
        assertTrue(err.toString().contains("classifier.groupWeights are left out"), err::toString);
    }

    @Test
    void whatTheRequestSaysInKayentaIsSaidHere() throws IOException {
        var query =
                "sum(rate(a{pod=~'${scope}-.*',ns='${location}',code=~'5..'}[1m]))/sum(rate(a{pod=~'${scope}-.*',ns='${location}'}[1m]))";
        assertEquals(
                0, imported(metric(promql(query), ""), "--arms-label", "hash", "--location", "shop"), err::toString);
        assertTrue(out.toString().contains("arms: {label: 'hash'}"), out::toString);
        assertTrue(out.toString().contains("query: 'a{ns=\"shop\",code=~\"5..\"}'"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"type\": \"datadog\", \"metricName\": \"x\"}|is a query of 'datadog'",
                "{\"type\": \"prometheus\", \"metricName\": \"cpu\", \"labelBindings\": [\"a=b\"]}|averages 'cpu'",
                "{\"type\": \"prometheus\", \"customFilterTemplate\": \"none\"}|names template 'none'",
                "{}|is a query of ''"
            })
    void whatIsNoPromQlIsToldToo(String query, String why) throws IOException {
        assertEquals(1, imported(metric(query, "")));
        assertTrue(err.toString().contains("metric 'other' " + why), err::toString);
    }

    @Test
    void settingsWithoutACounterpartAreTold() throws IOException {
        var ratio = "sum(rate(a{v='${scope}',code!~'5..'}[1m]))/sum(rate(a{v='${scope}'}[1m]))";
        var json = metric(
                        promql(ratio),
                        ", \"scopeName\": \"second\", \"analysisConfigurations\": {\"canary\": {\"direction\": \"decrease\", \"effectSize\": {\"allowedDecrease\": 0.9}, \"novel\": 1}}")
                .replace(
                        "\"classifier\"",
                        "\"judge\": {\"name\": \"dredd-v1.0\", \"judgeConfigurations\": {\"a\": 1}}, \"classifier\"");
        assertEquals(1, imported(json));
        var told = err.toString();
        for (var part : List.of(
                "judge is 'dredd-v1.0'",
                "judge.judgeConfigurations have",
                "is of scope 'second'",
                "has 'novel'",
                "has effect sizes of a ratio of good requests",
                "note: metric 'good' fails in both")) {
            assertTrue(told.contains(part), part + " is not in " + told);
        }
        assertEquals(0, imported(json, "--partial"), err::toString);
        assertFalse(out.toString().contains("effectSize"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[]|line 1: is no JSON object",
                "{|line 1: is not JSON",
                "{}|line 1: has no metrics",
                "{\"metrics\": [{}], \"metrics\": []}|line 1: is not JSON: Duplicate field 'metrics'",
                "{\"name\": \"../x\", \"applications\": [\"a\"], \"metrics\": [{}]}|has the name '../x'",
                "{\"name\": \"c\", \"applications\": [\"a\", \"b\"], \"metrics\": [{}]}|has 2 applications; say with --service",
                "{\"name\": \"c\", \"applications\": [\"a\"], \"metrics\": [{}]}|nothing was made: no metric has a counterpart"
            })
    void aFileThatIsNoCanaryConfigSaysWhy(String json, String why) throws IOException {
        assertEquals(1, imported(json));
        assertTrue(err.toString().contains(why), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void wrongArgumentsSayWhatIsLegal() {
        assertEquals(2, run("import", "kayenta", CHECKOUT.toString(), "--target", "1"));
        assertTrue(err.toString().contains("legal: above 0 and below 1"), err::toString);
        assertEquals(2, run("import"));
        assertTrue(err.toString().contains("what is imported is missing; legal: kayenta"), err::toString);
        assertEquals(2, run("import", "kayenta", CHECKOUT.toString(), "--judge", "bayes"));
        assertTrue(err.toString().contains("mann-whitney"), err::toString);
        assertEquals(1, run("import", "kayenta", "none.json"));
        assertTrue(err.toString().contains("none.json cannot be read"), err::toString);
    }
}
