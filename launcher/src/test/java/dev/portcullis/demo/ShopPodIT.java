package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopPodIT {
    private static final String GOOD = "http_requests_total{service=\"checkout\",code=\"200\",method=\"GET\"}";
    private static final String BAD = "http_requests_total{service=\"checkout\",code=\"500\",method=\"GET\"}";
    private static final String BUCKET = "http_request_duration_seconds_bucket{service=\"checkout\",le=";

    private final ShopPod pod = new ShopPod("checkout-7d9c8-1", "checkout");

    @BeforeEach
    void start() {
        pod.start();
    }

    @AfterEach
    void stop() {
        pod.close();
    }

    private Map<String, Double> scrape() throws Exception {
        var response = Web.get("http://" + pod.target() + "/metrics");
        assertEquals(200, response.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                response.headers().firstValue("Content-Type").orElse(""));
        return StrictExposition.samples(response.body());
    }

    @Test
    void bothCodesAreExposedBeforeTheFirstRequest() throws Exception {
        var samples = scrape();

        assertEquals(0.0, samples.get(GOOD));
        assertEquals(0.0, samples.get(BAD));
    }

    @Test
    void requestsShowInTheCountersAndTheHistogram() throws Exception {
        pod.serve(false, 0.02);
        pod.serve(false, 0.3);
        pod.serve(true, 2);

        var samples = scrape();

        assertEquals(2.0, samples.get(GOOD));
        assertEquals(1.0, samples.get(BAD));
        assertEquals(0.0, samples.get(BUCKET + "\"0.01\"}"));
        assertEquals(1.0, samples.get(BUCKET + "\"0.025\"}"));
        assertEquals(2.0, samples.get(BUCKET + "\"0.5\"}"));
        assertEquals(3.0, samples.get(BUCKET + "\"+Inf\"}"));
        assertEquals(3.0, samples.get("http_request_duration_seconds_count{service=\"checkout\"}"));
        assertEquals(2.32, samples.get("http_request_duration_seconds_sum{service=\"checkout\"}"), 1e-9);
    }

    @Test
    void everySampleOnlyGrows() throws Exception {
        var before = scrape();
        for (int i = 0; i < 100; i++) {
            pod.serve(i % 7 == 0, 0.005 * i);
            var after = scrape();
            before.forEach((series, value) -> assertTrue(after.get(series) >= value, series));
            before = after;
        }
        assertEquals(100.0, before.get(BUCKET + "\"+Inf\"}"));
    }

    @Test
    void aRestartSetsTheCountersBackAndKeepsTheAddress() throws Exception {
        var address = pod.target();
        pod.serve(false, 0.02);

        pod.restart();

        assertEquals(address, pod.target());
        assertEquals(0.0, scrape().get(GOOD));
    }

    @Test
    void aStoppedPodAnswersNobody() {
        pod.stop();

        assertThrows(IOException.class, this::scrape);
        assertTrue(!pod.running());
    }

    @Test
    void aPodWhoseAddressIsTakenComesBackOnAnotherOne() throws Exception {
        var address = pod.target();
        var port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        pod.stop();
        try (var thief = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            pod.start();

            assertTrue(thief.isBound() && !pod.target().equals(address));
            assertEquals(0.0, scrape().get(GOOD));
        }
    }
}
