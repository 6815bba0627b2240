package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStartTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "process_start_time_seconds 1.7e9 | 1.7e9",
                "http_requests_created{code='200'} 1.70001e9;http_requests_total{code='200'} 1;process_start_time_seconds 1.7e9 | 1.7e9",
                "process_start_time_seconds{worker='1'} 1.7e9;process_start_time_seconds{worker='2'} 1.74e9 | 0",
                "process_start_time_seconds NaN;http_requests_total 3 | 0",
                "http_requests_total 3 | 0"
            })
    void isWhatThePageTells(String lines, double seconds) throws ExpositionException {
        assertEquals(seconds, start(lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a_created{c='5'} 1.74e9;a_created{c='2'} 1.7e9;a_total{c='2'} 1;a_total{c='5'} 1 | 1.7e9",
                "a_count{c='2'} 1;a_created{c='2'} 1.7e9 | 1.7e9",
                "a_sum{c='2'} 1;a_created{c='2'} 1.7e9 | 1.7e9",
                "a_bucket{c='2',le='1'} 1;a_created{c='2'} 1.7e9 | 1.7e9",
                "a_created 1.75000003e9;a_total 1 | 1.75000003e9"
            })
    void isTheEarliestTimeOfCreationOfACounter(String lines, double seconds) throws ExpositionException {
        assertEquals(seconds, start(lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders_created 5013;http_requests_total 3",
                "orders_created 1.7e9;http_requests_total 3",
                "orders_created 5013;orders_total 3",
                "orders_created{shop='a'} 1.7e9;orders_total{shop='b'} 3",
                "orders_created 1.7500001e9;orders_total 3",
                "orders_created 1.7e9;orders_total_created 3"
            })
    void aCounterOfThingsThatWereCreatedTellsNoStart(String lines) throws ExpositionException {
        assertEquals(0, start(lines));
    }

    private static double start(String lines) throws ExpositionException {
        String page = lines.replace('\'', '"').replace(';', '\n') + "\n";
        ProcessStart start = new ProcessStart(NOW);
        Exposition.parse(page, Exposition.Format.TEXT, start::see);
        return start.seconds(page, Exposition.Format.TEXT);
    }
}
