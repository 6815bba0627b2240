package dev.portcullis.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Map<String, String> ERRORS =
            Map.of("__name__", "http_requests_total", "service", "checkout", "code", "503");

    @Test
    void aMetricNameAloneSelectsEverySeriesOfTheMetric() {
        assertTrue(Selector.parse("http_requests_total").matches(ERRORS));
        assertFalse(Selector.parse("http_requests").matches(ERRORS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_requests_total{service=\"checkout\",code=~\"5..\"}",
                "  http_requests_total { service = 'checkout' , code !~ `2..` , } # all failures",
                "{__name__=\"http_requests_total\",code!=\"200\"}",
                "{__name__=~\"http_.*\"}",
                "http_requests_total{route=\"\"}",
                "http_requests_total{route!~\".+\"}",
                "http_requests_total{}"
            })
    void conditionsAreReadAsPrometheusReadsThem(String query) {
        assertTrue(Selector.parse(query).matches(ERRORS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x{code=~\"5\"}", "x{code=~\"5.\"}", "x{code!~\"50.\"}", "x{code!=\"503\"}", "x{route!=\"\"}"})
    void aRegularExpressionHasToMatchTheWholeValue(String query) {
        assertFalse(Selector.parse(query).matches(Map.of("__name__", "x", "code", "503")));
    }

    @Test
    void escapesOfEveryKindAreUnderstood() {
        Selector selector =
                Selector.parse("x{a=\"\\\"\\\\\\n\\t\\x41\\101\\u00e9\\U0001F600\\xc3\\xa9\",b='it\\'s',c=`\\d`}");
        assertEquals(
                "\"\\\n\tAA\u00e9\uD83D\uDE00\u00e9", selector.matchers().get(0).value());
        assertEquals("it's", selector.matchers().get(1).value());
        assertEquals("\\d", selector.matchers().get(2).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "a:b:rate5m{}",
                "x{a=\"1\",b!=\"2\",c=~\"3|4\",d!~\"5\"}",
                "x{a=\"\\\"quoted\\\" and back\\\\slash and\\nline\"}"
            })
    void whatIsWrittenOutReadsBackTheSame(String query) {
        Selector selector = Selector.parse(query);
        assertEquals(selector, Selector.parse(selector.render()));
    }

    @Test
    void valuesAreJoinedToOneConditionAndQuoted() {
        LabelMatcher either = LabelMatcher.anyOf("version", List.of("v1.2+a", "v1"));
        assertEquals(
                "x{code=\"200\",version=~\"v1\\\\.2\\\\+a|v1\"}",
                Selector.parse("x{code=\"200\"}").with(either).render());
        assertEquals(
                "x{version=\"v1.2\"}",
                Selector.parse("x")
                        .with(LabelMatcher.anyOf("version", List.of("v1.2")))
                        .render());
        assertTrue(either.matches(Map.of("version", "v1.2+a")));
        assertFalse(either.matches(Map.of("version", "v1x2+a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '^',
            value = {
                "^^ § 1 § the query is empty",
                "rate(x[5m]) § 1 § function or aggregation 'rate'",
                "sum by (code) (x) § 5 § 'by (code) (x)'",
                "x[5m] § 2 § found a range",
                "x offset 5m § 3 § an offset",
                "x @ 1600000000 § 3 § a time modifier",
                "x + y § 3 § '+ y'",
                "(x) § 1 § a parenthesis",
                "42 § 1 § expected a metric name or '{'",
                "x{code=\"500\" § 13 § expected ',' or '}', found the end of the query",
                "x{code=500} § 8 § expected a value in quotes",
                "x{code==\"500\"} § 8 § expected a value in quotes",
                "x{code>\"500\"} § 7 § expected one of = != =~ !~ after 'code'",
                "x{,} § 3 § expected a label name",
                "x{5xx=\"1\"} § 3 § expected a label name",
                "x{code=\"500} § 8 § never closed",
                "x{code=\"\\q\"} § 9 § broken escape",
                "x{code=\"\\xff\"} § 8 § not UTF-8",
                "{code=\"\"} § 1 § would select every series",
                "x{__name__=\"y\"} § 1 § given twice",
                "x{\"y\"} § 1 § given twice",
                "{\"x\",\"y\"} § 1 § given twice",
                "{\"\"} § 4 § the name in quotes is empty",
                "http.requests § 5 § is written in quotes: {\"http.requests\"",
                "x{k8s.pod=\"a\"} § 6 § is written in quotes: {\"http.requests\""
            })
    void anythingElseIsRefusedWithItsColumn(String query, int column, String reason) {
        var refusal = assertThrows(SelectorException.class, () -> Selector.parse(query));
        assertEquals(column, refusal.column(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    /** Nearly every public OpenSLO file has such a query. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '^',
            value = {
                "sum(rate(http_requests_total{code!~\"5..\"}[5m])) § http_requests_total{code!~\"5..\"}",
                "sum by (code) (increase(x{a=\"1\"}[5m])) § x{a=\"1\"}",
                "histogram_quantile(0.99, sum(rate(lat_bucket[5m])) by (le)) § lat_bucket",
                "sum(x) without (pod) § x",
                "x[1h] § x",
                "rate({\"http.requests\"}[5m]) § {__name__=\"http.requests\"}"
            })
    void ofAQueryThatCalculatesTheMessageShowsTheSelectorToWriteInstead(String query, String selector) {
        var refusal = assertThrows(SelectorException.class, () -> Selector.parse(query));
        assertTrue(
                refusal.getMessage()
                        .endsWith("; Portcullis reads raw counters and does the counting itself, so write the selector"
                                + " alone: " + selector),
                refusal.getMessage());
    }

    @Test
    void ofAQueryOfSeveralSelectorsTheMessageShowsNone() {
        var refusal =
                assertThrows(SelectorException.class, () -> Selector.parse("sum(rate(x[5m])) / sum(rate(y[5m]))"));
        assertEquals(
                "column 1: found function or aggregation 'sum'; Portcullis reads raw counters and does the counting itself, so"
                        + " write a metric name with {label conditions} alone, such as http_requests_total{code!~\"5..\"}",
                refusal.getMessage());
    }

    @Test
    void namesInQuotesAreReadAsPrometheus3WritesThem() {
        Selector selector = Selector.parse("{\"http.requests\", code!~\"5..\", 'service.name'=\"shop\"}");
        assertEquals(Optional.of("http.requests"), selector.named());
        assertEquals("{__name__=\"http.requests\",code!~\"5..\",\"service.name\"=\"shop\"}", selector.render());
        assertEquals(selector, Selector.parse(selector.render()));
        assertTrue(selector.matches(Map.of("__name__", "http.requests", "code", "200", "service.name", "shop")));
        assertFalse(selector.matches(Map.of("__name__", "http_requests", "code", "200", "service.name", "shop")));
        assertEquals(
                "{__name__=\"http.requests\",a=\"1\"}",
                new Selector("http.requests", Selector.parse("x{a=\"1\"}").matchers()).render());
        assertEquals(
                "{__name__=\"http_requests\"}",
                Selector.parse("{\"http_requests\"}").render());
    }

    @Test
    void regularExpressionsThatJavaAndPrometheusReadDifferentlyAreRefused() {
        for (String regex :
                List.of("(?!a)b", "(?<=a)b", "(a)\\\\1", "a++", "[[:alpha:]]", "(?P<n>a)", "[a-z&&[^b]]", "(", "a**")) {
            String query = "x{a=~\"" + regex + "\"}";
            var refusal = assertThrows(SelectorException.class, () -> Selector.parse(query), regex);
            assertTrue(refusal.getMessage().startsWith("column 6: regular expression"), refusal.getMessage());
        }
        assertTrue(Selector.parse("x{a=~\"a\\\\\\\\1\\\\++\"}").matches(Map.of("__name__", "x", "a", "a\\1+++")));
    }

    @Test
    void aLabelIsNamedAsAQueryHasIt() {
        assertEquals("version", LabelMatcher.name("version"));
        assertEquals("\"app.version\"", LabelMatcher.name("app.version"));
        assertEquals(
                "x{\"app.version\"=\"v2\"}",
                new Selector("x", List.of(LabelMatcher.anyOf("app.version", List.of("v2")))).render());
    }
}
