package dev.portcullis.analysis.source.datadog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.analysis.source.SecretPlace;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.usecase.ManualClock;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogSourceIT {
    private static final Arms ARMS = new Arms("version", "V2", "v1");
    private static final Selector ALL = DatadogQuery.parse("shop.requests{service:checkout,!code:5*}");

    private final ManualClock clock = new ManualClock();
    private final FakeDatadog datadog = new FakeDatadog();
    private final DatadogSource source = CountedPods.source(datadog.address(), clock);

    @AfterEach
    void end() {
        datadog.close();
    }

    @Test
    void countsOfWholeSettledIntervalsAreAskedForByArmAndPod() {
        read();
        var parameters = FakeDatadog.parameters(datadog.requests().getFirst());
        assertEquals(
                "sum:shop.requests{service:checkout AND NOT code:5* AND version IN (v2,v1)} by {version,pod_name}"
                        + ".as_count().rollup(sum, 30)",
                parameters.get("query"));
        long now = clock.instant().getEpochSecond();
        assertEquals(String.valueOf(now - 120), parameters.get("to"));
        assertEquals(String.valueOf(now - 420), parameters.get("from"));
    }

    @Test
    void whatIsNotSettledIsLeftForLaterAndNoIntervalIsCountedTwice() {
        count(Duration.ofMinutes(-4), 1000);
        assertEquals(0, total());
        count(Duration.ofSeconds(-100), 7);
        assertEquals(0, total());
        int asked = datadog.requests().size();
        assertEquals(0, total());
        assertEquals(asked, datadog.requests().size(), "no new interval, so nothing to ask");
        clock.advance(Duration.ofSeconds(40));
        assertEquals(7, total());
        count(Duration.ofSeconds(-125), 5);
        clock.advance(Duration.ofSeconds(40));
        assertEquals(12, total());
        clock.advance(Duration.ofMinutes(20));
        assertEquals(12, total());
    }

    @Test
    void whatWasCountedIsOfTheEndOfTheLastIntervalThatIsSettled() {
        count(Duration.ofMinutes(-4), 1000);
        long settled = clock.instant().getEpochSecond() - 120;
        assertEquals(
                Instant.ofEpochSecond(settled - settled % 30),
                series().samples().getFirst().time());
    }

    @Test
    void anArmIsGivenAsItWasAskedForAlthoughTagsAreInLowerCase() {
        count(Duration.ofMinutes(-4), 1);
        var sample = series().samples().getFirst();
        assertEquals("V2", sample.labels().get("version"));
        assertEquals("canary-a", sample.labels().get("pod"));
    }

    @Test
    void aQueryNotAskedForALongTimeIsAStartingPointAgain() {
        count(Duration.ofMinutes(-4), 1000);
        read();
        String since = series().samples().getFirst().labels().get(DatadogSource.SINCE_LABEL);
        clock.advance(Duration.ofHours(2));
        count(Duration.ofMinutes(-4), 9);
        var begun = series().samples().getFirst();
        assertEquals(0, begun.value());
        assertFalse(begun.labels().get(DatadogSource.SINCE_LABEL).equals(since));
    }

    @Test
    void aRateLimitIsUnreachableWithTheTimeAndNothingIsAskedBefore() {
        datadog.answers(new Response(
                429, "application/json", "{\"errors\":[\"Too many\"]}", Map.of("X-RateLimit-Reset", "25")));
        String until = clock.instant().plusSeconds(25).toString();
        assertTrue(unreachable().endsWith("too many requests; asked again at " + until));
        int asked = datadog.requests().size();
        clock.advance(Duration.ofSeconds(24));
        assertTrue(unreachable().endsWith(until));
        assertEquals(asked, datadog.requests().size());
        clock.advance(Duration.ofSeconds(2));
        unreachable();
        assertEquals(asked + 1, datadog.requests().size());
    }

    @Test
    void anErrorIsToldWithoutTheKeys() {
        String echo = "{\"errors\":[\"bad key " + FakeDatadog.API_KEY + " or " + FakeDatadog.APPLICATION_KEY + "\"]}";
        datadog.answers(Response.json(403, echo));
        assertTrue(unreachable().endsWith("status 403: bad key *** or ***"), this::unreachable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html> | the body is not JSON",
                "200 | {\"status\":\"error\",\"error\":\"no such metric\"} | status 200: no such metric",
                "500 | {} | status 500",
                "200 | {\"status\":\"ok\",\"series\":[{\"interval\":60}]} | intervals of 60 s, expected 30 s",
                "200 | {\"status\":\"ok\",\"series\":[{\"interval\":30}]} | a series of the answer has no pointlist",
                "200 | {\"status\":\"ok\"} | the answer has no list of series",
                "200 | {\"status\":\"ok\",\"series\":[]}{} | the body is not JSON",
                "200 | {\"status\":\"ok\",\"series\":[{\"inter | the answer is cut off: its JSON has no end after 32 characters"
            })
    void anAnswerThatCannotBeUsedIsUnreachable(int status, String body, String detail) {
        datadog.answers(Response.json(status, body));
        String told = unreachable();
        assertTrue(told.contains(detail), told);
    }

    @Test
    void anArmThatNoTagCanHaveIsNotSent() {
        var strange = new Arms("version", "v2) OR (a:b", null);
        var reading = assertInstanceOf(SourceReading.Unreachable.class, Readings.of(source, ALL, strange));
        assertTrue(reading.detail().contains("no tag of Datadog has the value"), reading::detail);
        assertEquals(List.of(), datadog.requests());
    }

    @Test
    void keysAreReadFromFilesAndNeverShown(@TempDir Path folder) throws IOException, SecretException {
        Path file = Files.writeString(folder.resolve("key"), FakeDatadog.API_KEY + "\n");
        var place = new SecretPlace(true, file.toString());
        assertEquals(FakeDatadog.API_KEY, place.read(Map.of()));
        var properties = new DatadogProperties("dd", URI.create("https://api.datadoghq.com"), place, place, "pod_name");
        assertFalse(properties.toString().contains(FakeDatadog.API_KEY));
        Files.writeString(file, "two words");
        var fault = assertThrows(SecretException.class, () -> place.read(Map.of()));
        assertFalse(fault.toString().contains("two words"));
        Files.delete(file);
        assertThrows(SecretException.class, () -> place.read(Map.of()));
    }

    @Test
    void aKeyThatIsNotSetIsUnreachableWithItsName() {
        var properties = new DatadogProperties(
                "dd",
                URI.create(datadog.address()),
                new SecretPlace(false, "ABSENT"),
                new SecretPlace(false, "DD_APP_KEY"),
                "pod_name");
        var client = new DatadogClient(properties, TestHttp.client(), Map.of(), TestHttp.PATIENT);
        var unset = new DatadogSource(properties, client, clock, TestHttp.PATIENT);
        var reading = assertInstanceOf(SourceReading.Unreachable.class, Readings.of(unset, ALL, ARMS));
        assertTrue(reading.detail().endsWith("environment variable ABSENT is not set"), reading::detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum:shop.requests{*}",
                "shop.requests{*}.as_count()",
                "shop.requests{service:checkout} by {pod}",
                "shop.requests{service}",
                "shop.requests{service:checkout OR code:500}",
                "shop.requests{a:b",
                "{a:b}",
                ""
            })
    void aQueryIsAMetricWithConditionsAndNothingElse(String query) {
        var fault = assertThrows(SelectorException.class, () -> DatadogQuery.parse(query));
        assertEquals(1, String.valueOf(fault.getMessage()).lines().count());
    }

    @Test
    void aQuerySurvivesBeingKeptAsText() {
        assertEquals(ALL, Selector.parse(ALL.render()));
    }

    private void count(Duration when, long count) {
        datadog.count(
                clock.instant().plus(when),
                Map.of(
                        "metric", "shop.requests",
                        "service", "checkout",
                        "code", "200",
                        "version", "v2",
                        "pod_name", "canary-a"),
                count);
    }

    private SourceReading read() {
        return Readings.of(source, ALL, ARMS);
    }

    private SourceReading.Series series() {
        return assertInstanceOf(SourceReading.Series.class, read());
    }

    private double total() {
        return series().samples().stream().mapToDouble(sample -> sample.value()).sum();
    }

    private String unreachable() {
        return assertInstanceOf(SourceReading.Unreachable.class, read()).detail();
    }
}
