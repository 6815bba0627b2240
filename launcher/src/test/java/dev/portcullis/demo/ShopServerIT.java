package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Version STABLE = new Version("7d9c8", 0.0005);
    private static final Version CANARY = new Version("6f5b4", 0.03);
    private static final String CALL = "{\"rollback\":\"rollbacks/1\",\"service\":\"checkout\","
            + "\"release\":\"services/checkout/releases/1\",\"from\":\"6f5b4\",\"to\":\"7d9c8\",\"reason\":\"bad\"}";

    private final Shop shop = new Shop(STABLE, 6000, 1);
    private final ShopServer server = ShopServer.start(shop);

    @AfterEach
    void close() {
        server.close();
        shop.close();
    }

    private void halfToTheCanary() {
        shop.startCanary(CANARY);
        shop.weight(0.5);
        shop.advance(Duration.ofMillis(100));
    }

    private JsonNode traffic(String hash) throws Exception {
        var response = Web.get(server.readBackUrl() + "?service=checkout&to=" + hash);
        assertEquals(200, response.statusCode());
        return JSON.readTree(response.body());
    }

    private Map<String, String> discovered() throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        for (var group : JSON.readTree(Web.get(server.discoveryUrl()).body())) {
            var labels = group.path("labels");
            assertEquals("checkout", labels.path("service").asText());
            assertEquals(1, group.path("targets").size());
            var metrics = Web.get("http://" + group.path("targets").path(0).asText() + "/metrics");
            assertEquals(200, metrics.statusCode());
            hashes.put(
                    labels.path("pod").asText(),
                    labels.path("rollouts_pod_template_hash").asText());
        }
        return hashes;
    }

    @Test
    void discoveryNamesEveryPodWithItsHashAndAnAddressThatAnswers() throws Exception {
        halfToTheCanary();

        var expected = new TreeMap<String, String>();
        for (var i = 1; i <= 3; i++) {
            expected.put("checkout-7d9c8-" + i, "7d9c8");
            expected.put("checkout-6f5b4-" + i, "6f5b4");
        }
        assertEquals(expected, discovered());
    }

    @Test
    void aRollbackTakesTheCanarysTrafficAndTheReadBackSeesItInTheRequests() throws Exception {
        halfToTheCanary();
        assertEquals(false, traffic("7d9c8").path("restored").asBoolean(true));

        assertEquals(
                200,
                Web.post(server.rollbackUrl(), CALL, "Idempotency-Key", "k1").statusCode());
        assertEquals(false, traffic("7d9c8").path("restored").asBoolean(true), "no request was seen since");

        shop.advance(Duration.ofMillis(100));
        assertEquals(true, traffic("7d9c8").path("restored").asBoolean(false));
        assertEquals(false, traffic("6f5b4").path("restored").asBoolean(true));
        assertTrue(traffic("7d9c8").path("detail").asText().contains("7d9c8"));
    }

    @Test
    void aRepeatedKeyIsAnsweredButChangesNothing() throws Exception {
        halfToTheCanary();
        Web.post(server.rollbackUrl(), CALL, "Idempotency-Key", "k1");
        shop.weight(0.5);

        assertEquals(
                200,
                Web.post(server.rollbackUrl(), CALL, "Idempotency-Key", "k1").statusCode());

        assertEquals(0.5, shop.canaryWeight());
        assertEquals(
                List.of("k1", "k1"),
                shop.rollbacks().stream().map(RollbackCall::key).toList());
        assertEquals("services/checkout/releases/1", shop.rollbacks().getFirst().release());
    }

    @Test
    void whatCannotBeDoneIsRefusedWithAReasonAndWithoutEffect() throws Exception {
        halfToTheCanary();
        var url = server.rollbackUrl();

        assertEquals(400, Web.post(url, CALL).statusCode());
        assertEquals(400, Web.post(url, "{", "Idempotency-Key", "k").statusCode());
        assertEquals(400, Web.post(url, "[]", "Idempotency-Key", "k").statusCode());
        assertEquals(
                422,
                Web.post(url, CALL.replace("7d9c8", "zzzzz"), "Idempotency-Key", "k")
                        .statusCode());
        assertEquals(
                422,
                Web.post(url, CALL.replace("\"checkout\"", "\"cart\""), "Idempotency-Key", "k")
                        .statusCode());
        var missing = Web.post(url, CALL.replace("\"to\"", "\"towards\""), "Idempotency-Key", "k");
        assertEquals(400, missing.statusCode());
        assertEquals("to", JSON.readTree(missing.body()).path("field").asText());
        assertEquals(405, Web.get(url).statusCode());
        assertEquals(
                404, Web.get(server.readBackUrl() + "?service=cart&to=7d9c8").statusCode());

        assertEquals(0.5, shop.canaryWeight());
        assertEquals(List.of(), shop.rollbacks());
    }

    @Test
    void aPromotedCanaryIsTheStableVersionAndTheOldPodsGoLater() throws Exception {
        halfToTheCanary();
        shop.promoteCanary();
        assertEquals(6, discovered().size());

        shop.advance(Duration.ofSeconds(5));

        assertEquals(3, discovered().size());
        assertEquals(true, traffic("6f5b4").path("restored").asBoolean(false));
    }

    @Test
    void incidentsRestartOneStablePodAndAddOne() throws Exception {
        List<String> events = new ArrayList<>();
        shop.onEvent(events::add);
        shop.planIncidents();
        shop.advance(Duration.ofSeconds(3));
        var first = shop.pods("7d9c8").getFirst();
        var before = first.counters().total();
        var address = first.target();
        assertTrue(before > 0);

        shop.advance(Duration.ofSeconds(1));
        assertTrue(!first.running());
        shop.advance(Duration.ofMillis(1500));
        shop.advance(Duration.ofMillis(500));
        assertTrue(first.running() && first.counters().total() < before);
        assertEquals(address, first.target());
        shop.advance(Duration.ofSeconds(2));

        assertEquals("7d9c8", discovered().get("checkout-7d9c8-4"));
        assertEquals(
                List.of(
                        "stable pod checkout-7d9c8-1 went down",
                        "stable pod checkout-7d9c8-1 is back, its counters begin at 0 again",
                        "stable pod checkout-7d9c8-4 joined"),
                events);
    }
}
