package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A canary whose counter of errors is no count, from the source to the verdict: it used to be promoted with 0 errors. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
class UncountableCanaryIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SCRAPE =
            AnalysisFixture.POLICY.replace("arms: {label: hash}", "arms: {label: version}");
    private static final String PROMETHEUS =
            SCRAPE.replace("type: Scrape", "type: Prometheus").replace("{targets: ['%s/metrics']}", "{url: '%s'}");
    private static final Pattern LINE = Pattern.compile("(\\w+)\\{version=\"(\\w+)\",code=\"(\\w+)\"} (\\S+)");
    private static final int ENOUGH_READINGS = 15;

    private final AtomicLong served = new AtomicLong();
    private volatile String canary = "";

    @ParameterizedTest
    @CsvSource({
        "canary-nan.prom, Scrape, NaN",
        "canary-overflow.prom, Scrape, '-2,147,483,000'",
        "canary-nan.prom, Prometheus, NaN",
        "canary-overflow.prom, Prometheus, '-2,147,483,000'"
    })
    void isHeldAsLongAsItIsAndMeasuredAfterwards(String page, String source, String value, @TempDir Path folder) {
        canary = resource("/uncountable/" + page);
        String policy = source.equals("Scrape") ? SCRAPE : PROMETHEUS;
        try (var fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy)) {
            fixture.shop.answer(source.equals("Scrape") ? request -> Response.text(200, page()) : this::answer);
            String name = fixture.stub
                    .startAnalysis(AnalysisFixture.request()
                            .setCanary("c1")
                            .setBaseline("s1")
                            .build())
                    .getName();
            Await.until("readings", SOON, () -> fixture.shop.requests().size() >= ENOUGH_READINGS);
            Analysis held = fixture.get(name);
            assertEquals(MeasuringState.UNREACHABLE, held.getMeasuring(), held::toString);
            assertEquals(Verdict.CONTINUE, held.getVerdict());
            assertEquals(0, held.getWindowsCount());
            assertTold(held.getMeasuringDetail(), value);
            assertTold(held.getExplanation(), value);

            canary = canary.replaceAll("(code=\"500\"}) .*", "$1 2");
            Await.until("PASS", SOON, () -> fixture.get(name).getVerdict() == Verdict.PASS);
        }
    }

    @Test
    void isHeldWhenTwoProcessesAnswerInTurn(@TempDir Path folder) {
        AtomicLong readings = new AtomicLong();
        try (var fixture = new AnalysisFixture(folder, TestDatabase.fresh(), SCRAPE)) {
            fixture.shop.answer(request -> Response.text(200, worker(readings.incrementAndGet())));
            String name = fixture.stub
                    .startAnalysis(AnalysisFixture.request()
                            .setCanary("c1")
                            .setBaseline("s1")
                            .build())
                    .getName();
            Await.until("readings", SOON, () -> readings.get() >= 2 * ENOUGH_READINGS);
            Analysis held = fixture.get(name);
            assertEquals(MeasuringState.UNREACHABLE, held.getMeasuring(), held::toString);
            assertEquals(Verdict.CONTINUE, held.getVerdict());
            assertTrue(held.getExplanation().contains("two processes seem to answer for it"), held::getExplanation);
            double counted = held.getObjectives(0).getCounts().getCanary().getTotal();
            assertTrue(counted <= 52_000, "counted " + counted);
        }
    }

    /** Each serves 10 requests from one reading to the next. */
    private static String worker(long reading) {
        String page = resource("/processes-in-turn/worker-" + (1 + reading % 2) + ".prom");
        String grown = page.replace("51000", String.valueOf(51_000 + 10 * reading))
                .replace(" 1000", " " + (1000 + 10 * reading));
        return grown + resource("/uncountable/stable.prom").replace("5000", String.valueOf(5_000 + 100 * reading));
    }

    private static void assertTold(String text, String value) {
        assertTrue(text.contains("objective 'checkout-availability': http_requests_total{code=\"500\""), text);
        assertTrue(text.contains("version=\"c1\"} is " + value + ", which is not a count of requests"), text);
    }

    /** All good requests are counted, 3,000 more with each reading. */
    private String page() {
        long more = served.addAndGet(3_000);
        return (canary + resource("/uncountable/stable.prom")).replace(" 5000", " " + (5_000 + more));
    }

    private Response answer(Request request) {
        boolean range = request.uri().getPath().endsWith("_range");
        String result =
                LINE.matcher(page()).results().map(line -> series(line, range)).collect(Collectors.joining(","));
        return Response.json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":[%s]}}"
                        .formatted(range ? "matrix" : "vector", result));
    }

    private static String series(MatchResult line, boolean range) {
        String point = "[%d,\"%s\"]".formatted(Instant.now().getEpochSecond(), line.group(4));
        return "{\"metric\":{\"__name__\":\"%s\",\"version\":\"%s\",\"code\":\"%s\"},\"%s\":%s}"
                .formatted(
                        line.group(1),
                        line.group(2),
                        line.group(3),
                        range ? "values" : "value",
                        range ? "[" + point + "]" : point);
    }

    private static String resource(String page) {
        try (InputStream file = UncountableCanaryIT.class.getResourceAsStream(page)) {
            return new String(Objects.requireNonNull(file, page).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
