package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStartTest {
    @ParameterizedTest
    @CsvSource({
        "process_start_time_seconds 1.7e9, 1.7e9",
        "http_requests_created{code=\"200\"} 1.70001e9;process_start_time_seconds 1.7e9, 1.7e9",
        "http_requests_created{code=\"500\"} 1.8e9;http_requests_created{code=\"200\"} 1.7e9, 1.7e9",
        "process_start_time_seconds{worker=\"1\"} 1.7e9;process_start_time_seconds{worker=\"2\"} 1.8e9, 0",
        "process_start_time_seconds NaN;http_requests_total 3, 0",
        "http_requests_total 3, 0"
    })
    void isWhatThePageTells(String lines, double seconds) throws ExpositionException {
        ProcessStart start = new ProcessStart();
        Exposition.parse(lines.replace(';', '\n') + "\n", Exposition.Format.TEXT, start::see);
        assertEquals(seconds, start.seconds());
    }
}
