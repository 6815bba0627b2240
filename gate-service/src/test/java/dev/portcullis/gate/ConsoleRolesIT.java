package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of a gate that knows its callers. */
final class ConsoleRolesIT {
    private static final Map<String, String> TOKENS = Map.of(
            "ci", TokenText.random(new SecureRandom()),
            "vera", TokenText.random(new SecureRandom()),
            "olga", TokenText.random(new SecureRandom()),
            "bert", TokenText.random(new SecureRandom()));

    @TempDir
    static Path folder;

    private static GateUnderTest gate;
    private static String release = "";

    @BeforeAll
    static void start() throws IOException {
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "basket", "");
        Files.writeString(
                folder.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + token("ci", "deployer", "*") + token("vera", "viewer", "checkout")
                        + token("olga", "operator", "*") + token("bert", "operator", "basket"));
        gate = new GateUnderTest(folder);
        var opened = gate.send(gate.question(
                        "{\"service\":\"checkout\",\"rollout\":\"r\",\"canary\":\"c1\",\"stable\":\"s1\",\"stage\":\"canary-1\"}")
                .header("Authorization", "Bearer " + TOKENS.get("ci")));
        release = GateUnderTest.json(opened).path("release").asText();
        assertFalse(release.isEmpty(), opened.body());
    }

    private static String token(String name, String role, String service) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(TOKENS.get(name)) + ", roles: [" + role
                + "], services: ['" + service + "'], expires: 2099-12-31}\n";
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    /** As a browser does in which somebody has typed his token. */
    private static HttpRequest.Builder as(String name, String path) {
        var pair = Base64.getEncoder().encodeToString(("me:" + TOKENS.get(name)).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(gate.uri(path)).header("Authorization", "Basic " + pair);
    }

    private static HttpResponse<String> page(String name, String path) {
        return gate.send(as(name, path));
    }

    private static HttpResponse<String> send(String name, String path, String token, String fields) {
        return gate.send(as(name, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("token=" + token + "&reason=I+say+so" + fields)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/events",
                "/console/holds",
                "/console/policies",
                "/console/audit",
                "/console/status",
                "/console/services/checkout/releases/x"
            })
    void whoIsNotKnownIsAskedWhoHeIsAndHearsNothing(String path) {
        var refused = gate.send(HttpRequest.newBuilder(gate.uri(path)));
        assertEquals(401, refused.statusCode());
        assertTrue(
                refused.headers().allValues("WWW-Authenticate").stream().anyMatch(one -> one.startsWith("Basic ")),
                refused.headers().toString());
        assertTrue(refused.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("nonce-"));
        assertTrue(refused.body().contains("Who are you?"), refused.body());
        assertFalse(refused.body().contains("checkout"), refused.body());
    }

    @Test
    void aViewerSeesWhatHeMayNotDoAndIsRefusedWhenHeTries() {
        var shown = page("vera", ConsoleCalls.path(release)).body();
        assertTrue(shown.contains("needs an operator"), shown);
        assertFalse(shown.contains("name=\"reason\""), shown);
        var refused = send("vera", ConsoleCalls.path(release) + "/abort", "any", "");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("lacks the role operator"), refused.body());
        assertTrue(page("vera", ConsoleCalls.path(release)).body().contains("data-state=\"OPEN\""));
    }

    @Test
    void everybodySeesTheReleasesOfHisServicesAlone() {
        assertTrue(page("vera", "/console").body().contains(ConsoleCalls.path(release)));
        assertFalse(page("bert", "/console").body().contains(ConsoleCalls.path(release)));
        assertEquals(403, page("bert", ConsoleCalls.path(release)).statusCode());
        assertTrue(page("vera", "/console/policies").body().contains("/console/policies/checkout"));
        assertFalse(page("vera", "/console/policies").body().contains("/console/policies/basket"));
        assertEquals(403, page("vera", "/console/policies/basket").statusCode());
        assertEquals(403, page("vera", "/console/audit").statusCode());
        assertEquals(200, page("vera", "/console/audit?service=checkout").statusCode());
        assertEquals(200, page("olga", "/console/audit").statusCode());
        assertEquals(200, page("vera", "/console/status").statusCode());
    }

    @Test
    void aTokenOfAFormIsForWhoeverGotIt() {
        var token = ConsoleCalls.token(page("olga", ConsoleCalls.path(release)).body());
        assertEquals(
                303,
                send("olga", ConsoleCalls.path(release) + "/hold", token, "").statusCode());
        assertEquals(
                403, send("ci", ConsoleCalls.path(release) + "/hold", token, "").statusCode());
        assertEquals(
                303,
                send("olga", ConsoleCalls.path(release) + "/resume", token, "").statusCode());
    }

    @Test
    void whatSomebodyDoesIsOnRecordAsHisWithWhereItCameFrom() {
        var token = ConsoleCalls.token(page("olga", ConsoleCalls.path(release)).body());
        assertEquals(
                303,
                send("olga", ConsoleCalls.path(release) + "/hold", token, "").statusCode());
        var entry = gate.rows("select body from audit.entries where action = 'HOLD_PROMOTIONS' order by id desc")
                .getFirst();
        assertTrue(entry.contains("\"kind\":\"TOKEN\""), entry);
        assertTrue(entry.contains("\"name\":\"olga\""), entry);
        assertTrue(entry.contains("\"interface\":\"HTTP POST " + ConsoleCalls.path(release) + "/hold\""), entry);
        assertEquals(
                303,
                send("olga", ConsoleCalls.path(release) + "/resume", token, "").statusCode());
    }

    /** Whoever gets by TLS to another name than that of this machine gets pages, and what they load. */
    @Test
    void whereCallersAreKnownEveryHostIsServed() throws IOException {
        for (var path : new String[] {"/console/assets/x", "/console/status"}) {
            try (var socket = new Socket("127.0.0.1", gate.uri("").getPort())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: gate.example\r\nAuthorization: Bearer "
                                        + TOKENS.get("olga") + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
                assertEquals("HTTP/1.1 " + (path.endsWith("x") ? 404 : 200), line.substring(0, 12));
            }
        }
    }

    @Test
    void anOperatorStopsAndResumesTheServicesThatAreHis() {
        var token = ConsoleCalls.token(page("bert", "/console/holds").body());
        assertEquals(
                403,
                send("bert", "/console/holds", token, "&services=checkout&hours=1")
                        .statusCode());
        assertEquals(
                400,
                send("bert", "/console/holds", token, "&services=basket&hours=0")
                        .statusCode());
        assertEquals(
                303,
                send("bert", "/console/holds", token, "&services=basket&hours=1")
                        .statusCode());
        var list = page("bert", "/console/holds").body();
        assertTrue(list.contains("I say so"), list);
        var resume = list.replaceFirst("(?s).*action=\"(/console/holds/[0-9a-f-]{36}/resume)\".*", "$1");
        assertEquals(403, send("vera", resume, token, "").statusCode());
        assertEquals(303, send("bert", resume, token, "").statusCode());
        assertEquals(409, send("bert", resume, token, "").statusCode());
        assertFalse(page("bert", "/console/holds").body().contains("I say so"));
        assertTrue(page("bert", "/console/holds?all=true").body().contains("ended by bert"));
    }
}
