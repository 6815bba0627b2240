package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.source.scrape.Exposition.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    @Test
    void aPageOfTheClassicFormatIsRead() throws ExpositionException {
        String page = """
                # HELP http_requests_total The total number of HTTP requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total{ method = "post" , code = "400" , }    3 1395066363000

                # Escaping in label values:
                msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
                metric_without_timestamp_and_labels 12.47
                something_weird{problem="division by zero"} +Inf -3982045
                not_a_number NaN
                low{le="-1"} -Inf
                rpc_duration_seconds{quantile="0.01"} 3102
                other_backslash{a="\\d}"} .5
                empty_label{a=""} +1E-3
                """;
        assertEquals(
                List.of(
                        sample(1027, "http_requests_total", "method", "post", "code", "200"),
                        sample(3, "http_requests_total", "method", "post", "code", "400"),
                        sample(
                                1.458255915e9,
                                "msdos_file_access_time_seconds",
                                "path",
                                "C:\\DIR\\FILE.TXT",
                                "error",
                                "Cannot find file:\n\"FILE.TXT\""),
                        sample(12.47, "metric_without_timestamp_and_labels"),
                        sample(Double.POSITIVE_INFINITY, "something_weird", "problem", "division by zero"),
                        sample(Double.NaN, "not_a_number"),
                        sample(Double.NEGATIVE_INFINITY, "low", "le", "-1"),
                        sample(3102, "rpc_duration_seconds", "quantile", "0.01"),
                        sample(0.5, "other_backslash", "a", "\\d}"),
                        sample(0.001, "empty_label", "a", "")),
                read(page));
    }

    @Test
    void aPageOfOpenMetricsIsReadUpToItsEnd() throws ExpositionException {
        String page = """
                # TYPE foo counter
                # UNIT foo requests
                foo_total{a="b"} 17.0 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
                foo_created{a="b"} 1520872607.123
                bar_bucket{le="+Inf"} 4 # {} 1
                # EOF
                """;
        assertEquals(
                List.of(
                        sample(17, "foo_total", "a", "b"),
                        sample(1520872607.123, "foo_created", "a", "b"),
                        sample(4, "bar_bucket", "le", "+Inf")),
                read(page, Format.OPEN_METRICS));
        assertEquals(3, read(page.strip(), Format.OPEN_METRICS).size(), "the line feed behind the end may be missing");
    }

    @Test
    void theFormatIsThatOfTheContentType() {
        assertEquals(Format.OPEN_METRICS, Format.of("application/openmetrics-text; version=1.0.0; charset=utf-8"));
        assertEquals(Format.OPEN_METRICS, Format.of("Application/OpenMetrics-Text"));
        assertEquals(Format.TEXT, Format.of("text/plain; version=0.0.4"));
        assertEquals(Format.TEXT, Format.of(""));
    }

    @Test
    void inTheClassicFormatTheEndOfOpenMetricsIsAComment() throws ExpositionException {
        assertEquals(List.of(sample(1, "a"), sample(2, "b")), read("a 1\n# EOF\nb 2\n"));
    }

    @Test
    void onlyALineFeedEndsALine() throws ExpositionException {
        assertEquals(List.of(sample(1, "a"), sample(2, "b")), read("a 1\r\nb 2\n"));
        assertEquals(
                List.of(sample(3, "ua_total", "agent", "Mozilla\r5.0\u2028\u0085")),
                read("# HELP ua_total What\rcame.\nua_total{agent=\"Mozilla\r5.0\u2028\u0085\"} 3\n"));
        assertEquals(
                Map.of("ua_total", MetricType.COUNTER),
                Exposition.types("# HELP ua_total What\r# TYPE other gauge\n# TYPE ua_total counter\n"));
    }

    @Test
    void typesOfQuotedNamesAreTakenUp() {
        assertEquals(
                Map.of(
                        "http.requests",
                        MetricType.COUNTER,
                        "in \"flight\" now",
                        MetricType.GAUGE,
                        "plain",
                        MetricType.HISTOGRAM),
                Exposition.types("# TYPE \"http.requests\" counter\n# TYPE \"in \\\"flight\\\" now\"   gauge\n"
                        + "# TYPE plain histogram\n# TYPE \"never closed counter\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n\n"})
    void anEmptyPageIsNone(String page) {
        for (Format format : Format.values()) {
            assertEquals("the page is empty", refused(page, format));
        }
    }

    @Test
    void aPageThatBreaksOffIsRefusedWhereverThatIs() {
        String page = "# TYPE a counter\na{b=\"c\"} 1000\na{b=\"d\"} 123450\n";
        for (int length = 1; length < page.length(); length++) {
            String cut = page.substring(0, length);
            if (cut.endsWith("\n")) {
                continue;
            }
            String told = refused(cut, Format.TEXT);
            assertTrue(told.contains("the line feed that has to end it is missing"), told);
        }
        assertEquals(
                "the page is cut off in line 3: the line feed that has to end it is missing after 'a{b=\"d\"} 1234'",
                refused(page.substring(0, page.length() - 3), Format.TEXT));
    }

    @Test
    void aPageOfOpenMetricsThatBreaksOffIsRefusedWhereverThatIs() {
        String page = "# TYPE a counter\na_total 1000\n# EOF\n";
        for (int length = 1; length < page.length() - 1; length++) {
            String told = refused(page.substring(0, length), Format.OPEN_METRICS);
            assertTrue(told.contains("is missing"), told);
        }
        assertEquals(
                "the page is cut off after line 2: '# EOF' is missing, which has to end a page of OpenMetrics",
                refused("# TYPE a counter\na_total 1000\n", Format.OPEN_METRICS));
    }

    @Test
    void nothingMayFollowTheEndOfAPageOfOpenMetrics() {
        assertEquals(
                "line 3: '# EOF' does not end the page",
                refused("a_total 1\n# EOF\na_total 2\n# EOF\n", Format.OPEN_METRICS));
    }

    private static String refused(String page, Format format) {
        return assertThrows(ExpositionException.class, () -> read(page, format), () -> "'" + page + "'")
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<html> | expected a metric name",
                "9lives 9 | expected a metric name",
                "x | expected a value",
                "x one | expected a value",
                "x 0x10 | expected a blank after the value",
                "x 1f | expected a blank after the value",
                "x 1 yesterday | expected a timestamp",
                "x 1 2 3 | expected the end of the line",
                "x{a=b} 1 | expected '\"'",
                "x{a=\"b} 1 | expected '\"'",
                "x{a=\"b\" c=\"d\"} 1 | expected ','",
                "x{a=\"b\",a=\"c\"} 1 | label 'a' is given twice",
                "x{,} 1 | expected a label name",
                "x{a=\"b\" | expected ','",
                "x{a 1 | expected '='",
                "{a=\"b\"} 1 | no metric name, neither before the braces nor in quotes in them, at column 9",
                "x{\"y\"} 1 | a second metric name, 'y', at column 6",
                "{\"x} 1 | expected '\"'"
            })
    void aMalformedLineIsNamedByItsNumber(String line, String reason) {
        var refusal = assertThrows(ExpositionException.class, () -> read("# a comment\nok 1\n" + line + "\n"));
        assertTrue(refusal.getMessage().startsWith("line 3: " + reason), refusal.getMessage());
    }

    @Test
    void namesInQuotesAreReadAsPrometheus3WritesThem() throws ExpositionException {
        assertEquals(
                List.of(
                        sample(1000, "http_requests_total", "version", "c1", "code", "200"),
                        sample(5, "http.server.active", "version", "c1"),
                        sample(6, "http.server.active"),
                        sample(7, "x_total", "service.name", "a \"b\"", "code", "200")),
                read("""
                        http_requests_total{version="c1",code="200"} 1000
                        {"http.server.active",version="c1"} 5
                        {"http.server.active"} 6
                        x_total{"service.name"="a \\"b\\"",code="200"} 7
                        """));
    }

    @Test
    void aCarriageReturnMayBeInALabel() throws ExpositionException {
        assertEquals(
                List.of(
                        sample(1000, "http_requests_total", "code", "200"),
                        sample(3, "ua_total", "agent", "Mozilla\r5.0")),
                read("http_requests_total{code=\"200\"} 1000\nua_total{agent=\"Mozilla\r5.0\"} 3\n"));
    }

    private static List<Sample> read(String page) throws ExpositionException {
        return read(page, Format.TEXT);
    }

    private static List<Sample> read(String page, Format format) throws ExpositionException {
        List<Sample> samples = new ArrayList<>();
        Exposition.parse(page, format, (labels, value) -> samples.add(new Sample(labels, value)));
        return samples;
    }

    private static Sample sample(double value, String name, String... labels) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("__name__", name));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return new Sample(all, value);
    }
}
