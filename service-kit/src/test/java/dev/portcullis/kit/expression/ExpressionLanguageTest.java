package dev.portcullis.kit.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.expression.ValueType.Fields;
import dev.portcullis.kit.expression.ValueType.ListOf;
import dev.portcullis.kit.expression.ValueType.Named;
import dev.portcullis.kit.expression.ValueType.Plain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionLanguageTest {
    private static final Fields ARM = new Fields("Arm", Map.of("requests", Plain.NUMBER));
    private static final ExpressionLanguage LANGUAGE = new ExpressionLanguage(Map.of(
            "release",
            new Fields("Release", Map.of("service", Plain.TEXT, "labels", new Named(Plain.TEXT))),
            "analysis",
            new Fields("Analysis", Map.of("windows", Plain.WHOLE_NUMBER, "canary", ARM, "arms", new ListOf(ARM))),
            "first",
            Plain.FLAG,
            "now",
            Plain.MOMENT));
    private static final Map<String, Object> VALUES = Map.of(
            "release", Map.of("service", "checkout", "labels", Map.of("change", "fix")),
            "analysis",
                    Map.of(
                            "windows", 3L,
                            "canary", Map.of("requests", 10.5),
                            "arms", List.of(Map.of("requests", 10.5), Map.of("requests", 99.0))),
            "first", true,
            "now", Instant.parse("2027-01-01T16:00:00Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first",
                "analysis.windows == 3",
                "analysis.canary.requests > 10",
                "analysis.arms.exists(arm, arm.requests > 50.0)",
                "release.labels.change == 'fix' && release.labels['change'] in ['fix', 'security']",
                "!has(release.labels.ticket)",
                "!has(release.labels.ticket) || release.labels.ticket != ''",
                "now.getHours('Europe/Berlin') == 17",
                "now < timestamp('2027-01-02T00:00:00Z') && now + duration('36h') > timestamp('2027-01-02T00:00:00Z')",
                "release.service.matches('^check')",
            })
    void anExpressionHoldsOfItsValues(String text) throws Exception {
        assertTrue(LANGUAGE.read(text).holds(VALUES));
        assertFalse(LANGUAGE.read("!(" + text + ")").holds(VALUES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "analysis.window == 3              | line 1, column 9: undefined field 'window'",
                "analyses.windows == 3             | line 1, column 1: undeclared reference to 'analyses'",
                "analysis.windows                  | line 1, column 9: expected type 'bool' but found 'int'",
                "analysis.windows + 1.5 > 2.0      | line 1, column 18: found no matching overload for '_+_'",
                "analysis.windows >                | line 1, column 19: mismatched input '<EOF>'",
                "now < timestamp('tomorrow')       | line 1, column 17: 'tomorrow' cannot be read by timestamp",
                "now - now < duration('2 days')    | line 1, column 22: '2 days' cannot be read by duration",
                "release.service.matches('(a')     | line 1, column 25: '(a' cannot be read by matches",
            })
    void aTextThatIsNoExpressionIsRefusedWithItsPlace(String text, String fault) {
        var e = assertThrows(IllegalExpressionException.class, () -> LANGUAGE.read(text));

        assertTrue(e.getMessage().startsWith(fault), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void thePlaceIsThatOfItsLine() {
        var e = assertThrows(IllegalExpressionException.class, () -> LANGUAGE.read("first &&\n  second"));

        assertTrue(e.getMessage().startsWith("line 2, column 3: "), e.getMessage());
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        var wide = IntStream.range(0, 1_000).mapToObj(i -> "first").collect(Collectors.joining(" && "));
        var deep = "(".repeat(500) + "first" + ")".repeat(500);

        assertThrows(IllegalExpressionException.class, () -> LANGUAGE.read(wide));
        assertThrows(IllegalExpressionException.class, () -> LANGUAGE.read(deep));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "release.labels.ticket == 'x'           | there is no 'ticket'",
                "1 / (analysis.windows - 3) > 1         | / by zero",
                "timestamp(release.service) < now       | Text 'checkout' could not be parsed",
            })
    void whatCannotBeToldIsNeitherTrueNorFalse(String text, String fault) throws Exception {
        var expression = LANGUAGE.read(text);

        var e = assertThrows(EvaluationException.class, () -> expression.holds(VALUES));

        assertTrue(e.getMessage().startsWith(fault), e.getMessage());
    }

    @Test
    void anExpressionThatGoesThroughTooMuchIsEnded() throws Exception {
        var numbers = IntStream.range(0, 40).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        var expression = LANGUAGE.read(numbers + ".all(a, " + numbers + ".all(b, a + b >= 0))");

        var e = assertThrows(EvaluationException.class, () -> expression.holds(VALUES));

        assertTrue(e.getMessage().startsWith("it goes through too much"), e.getMessage());
    }

    @Test
    void theValuesThatAnExpressionNamesAreShown() throws Exception {
        var expression = LANGUAGE.read(
                "analysis.windows > 5 && analysis.arms.all(a, a.requests > 1.0) && release.labels.x == ''");

        assertEquals(
                "analysis.windows = 3, analysis.arms = [{requests=10.5}, {requests=99.0}], release.labels.x is not there",
                expression.shown(VALUES));
        assertTrue(expression.names("analysis"));
        assertFalse(expression.names("now"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analysis.arms.exists(arm, arm.requests + 1.0 > 50.0)",
                "analysis.arms.filter(arm, arm.requests > 50.0).size() == 1",
                "analysis.arms.map(arm, arm.requests).exists(requests, requests > 50.0)",
                "release.labels.exists(name, name == 'change' && release.labels[name].startsWith('fi'))",
                "release.service + '-eu' == 'checkout-eu'",
                "release.service.matches('^check')",
                "now + duration('1h') > now",
            })
    void whatDoesNoMoreThanItsTextSuggestsMayBeSent(String text) throws Exception {
        assertTrue(LANGUAGE.readSent(text).holds(VALUES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2].all(a, [3, 4].all(b, a < b))                    | it goes through another list for each item of one",
                "['a'].exists(a, [a + a].exists(b, [b + b].exists(c, c != ''))) | it puts texts or lists together for each item of a list",
                "['a'].map(a, a + a).exists(b, b == 'aa')               | it puts texts or lists together for each item of a list",
                "[[1]].map(a, a + a).exists(b, b.size() == 2)           | it puts texts or lists together for each item of a list",
                "[b'a'].map(a, a + a).exists(b, b.size() == 2)          | it puts texts or lists together for each item of a list",
                "['a'].exists(a, a.matches('a'))                        | it compares a pattern for each item of a list",
            })
    void whatMightDoMoreMayNotBeSent(String text, String fault) throws Exception {
        assertTrue(LANGUAGE.read(text).holds(VALUES));

        var e = assertThrows(IllegalExpressionException.class, () -> LANGUAGE.readSent(text));

        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertTrue(e.getMessage().startsWith("line 1, column "), e.getMessage());
    }

    @Test
    void whatIsSentIsShorter() throws Exception {
        var text = "first || '" + "x".repeat(1_020) + "' == ''";

        assertTrue(LANGUAGE.read(text).holds(VALUES));
        assertThrows(IllegalExpressionException.class, () -> LANGUAGE.readSent(text));
    }
}
