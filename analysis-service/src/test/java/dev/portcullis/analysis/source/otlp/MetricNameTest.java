package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNameTest {
    @ParameterizedTest
    @CsvSource({
        "http.server.requests, '', http_server_requests_total",
        "http_requests_total, '', http_requests_total",
        "http.requests, 1, http_requests_total",
        "http.requests, {request}, http_requests_total",
        "system.network.dropped, packets, system_network_dropped_packets_total",
        "process.cpu.time, s, process_cpu_time_seconds_total",
        "process_cpu_seconds_total, s, process_cpu_seconds_total",
        "sent, By, sent_bytes_total",
        "sent, By/s, sent_bytes_per_second_total",
        "work.done, {job}/min, work_done_per_min_total",
        "total.requests, '', requests_total",
        "(lambda).executions(#), '', lambda_executions_total",
        "a__b.-c, '', a_b_c_total",
        "4xx.answers, '', _4xx_answers_total",
        "job:answers, '', job:answers_total"
    })
    void aCounterIsNamedAsPrometheusNamesIt(String name, String unit, String expected) {
        assertEquals(expected, MetricName.counter(name, unit));
    }

    @ParameterizedTest
    @CsvSource({
        "http.server.request.duration, s, http_server_request_duration_seconds",
        "http_request_duration_seconds, s, http_request_duration_seconds",
        "latency, ms, latency_milliseconds",
        "latency, '', latency"
    })
    void aHistogramIsNamedAsPrometheusNamesIt(String name, String unit, String expected) {
        assertEquals(expected, MetricName.histogram(name, unit));
    }
}
