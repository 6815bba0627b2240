package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of a gate that asks nobody who he is, as a browser on its machine sees it. */
final class ConsoleIT {
    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        gate = GateUnderTest.ofCheckout();
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static String opened(String canary) {
        return gate.poll(canary).path("release").asText();
    }

    private static HttpResponse<String> release(String name) {
        return ConsoleCalls.page(gate, ConsoleCalls.path(name));
    }

    private static HttpRequest.Builder form(String release, String verb, String reason) {
        return ConsoleCalls.form(
                gate,
                ConsoleCalls.path(release) + "/" + verb,
                ConsoleCalls.token(release(release).body()),
                reason);
    }

    @Test
    void pagesSayWhatABrowserMayDoWithThem() {
        var name = opened("h1");
        var list = ConsoleCalls.page(gate, "/console");
        assertEquals(200, list.statusCode());
        assertTrue(list.body().contains(ConsoleCalls.path(name)), list.body());
        var policy = list.headers().firstValue("Content-Security-Policy").orElseThrow();
        var nonce = policy.replaceFirst(".*'nonce-([^']+)'.*", "$1");
        assertEquals(
                "default-src 'none'; script-src 'nonce-" + nonce
                        + "' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                        + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx",
                policy);
        assertTrue(list.body().contains("nonce=\"" + nonce + "\""));
        assertFalse(release(name).body().contains(nonce), "a nonce is of one answer");
        assertEquals(
                "text/html; charset=utf-8",
                list.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("same-origin", list.headers().firstValue("Referrer-Policy").orElseThrow());
        assertEquals("no-store", list.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(list.headers().firstValue("Permissions-Policy").isPresent());
        assertEquals(
                "same-origin",
                list.headers().firstValue("Cross-Origin-Opener-Policy").orElseThrow());
    }

    @Test
    void whatAPageLoadsIsKeptForEverAndCompressed() throws Exception {
        var path = ConsoleCalls.page(gate, "/console")
                .body()
                .replaceFirst("(?s).*(/console/assets/console-[0-9a-f]{16}\\.css).*", "$1");
        var plain = ConsoleCalls.page(gate, path);
        assertEquals(200, plain.statusCode());
        assertEquals(
                "text/css; charset=utf-8",
                plain.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "public, max-age=31536000, immutable",
                plain.headers().firstValue("Cache-Control").orElseThrow());
        try (var http = HttpClient.newHttpClient()) {
            var zipped = http.send(
                    HttpRequest.newBuilder(gate.uri(path))
                            .header("Accept-Encoding", "br, gzip")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElseThrow());
            assertTrue(zipped.body().length < plain.body().length() / 2);
        }
        assertEquals(
                404,
                ConsoleCalls.page(gate, path.replaceFirst("-[0-9a-f]", "-x")).statusCode());
    }

    @Test
    void whatAPersonDoesIsDoneAndOnRecord() {
        var name = opened("a1");
        var done = gate.send(form(name, "abort", "payments are failing"));
        assertEquals(303, done.statusCode(), done.body());
        var location = done.headers().firstValue("Location").orElseThrow();
        assertEquals(ConsoleCalls.path(name) + "?done=abort", location);
        var page = ConsoleCalls.page(gate, location).body();
        assertTrue(page.contains("You aborted this release."), page);
        assertTrue(page.contains("ABORTED_BY_PERSON"), page);
        assertTrue(page.contains("payments are failing"), page);
        Await.until("its entry of the audit log", GateUnderTest.LIMIT, () -> auditEntries(name)
                .contains("ABORT"));
    }

    private static String auditEntries(String release) {
        return AuditServiceGrpc.newBlockingStub(gate.channel())
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setObject(release).build())
                .getEntriesList()
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whoComesSecondHearsOfTheFirst() {
        var name = opened("a2");
        var late = form(name, "promote", "ship it");
        assertEquals(303, gate.send(form(name, "abort", "payments are failing")).statusCode());
        var refused = gate.send(late);
        assertEquals(409, refused.statusCode());
        assertTrue(
                refused.body().contains("this release had ended as ABORTED by local, who said: payments are failing."),
                refused.body());
    }

    @Test
    void aReleaseIsHeldAndResumedAndTriedAgain() {
        var name = opened("a3");
        assertEquals(303, gate.send(form(name, "hold", "I look at it first")).statusCode());
        var held = release(name).body();
        assertTrue(held.contains("Ends the hold that local placed: I look at it first"), held);
        assertEquals(303, gate.send(form(name, "resume", "looked")).statusCode());
        assertFalse(release(name).body().contains("Ends the hold"));
        assertEquals(400, gate.send(form(name, "resume", "again")).statusCode());
        assertEquals(303, gate.send(form(name, "approve", "looks good")).statusCode());
        assertTrue(release(name).body().contains("Approved"));
        assertEquals(303, gate.send(form(name, "abort", "not so good")).statusCode());
        gate.rollback.stands(Rollback.State.SUCCEEDED, "");
        Await.until(
                "the end of its rollback",
                GateUnderTest.LIMIT,
                () -> gate.send(form(name, "retry", "once more")).statusCode() == 303);
        assertTrue(ConsoleCalls.page(gate, "/console").body().contains("run 2"));
    }

    /** What is on record was decided before the hold, and no question has come since. */
    @Test
    void theListSaysWhatTheGateWouldAnswerNow() {
        var canary = "held-now";
        opened(canary);
        gate.analysis.say(canary, Verdict.PASS, 4);
        var name = opened(canary);
        Await.until(
                "the promotion",
                GateUnderTest.LIMIT,
                () -> gate.poll(canary).path("decision").asText().equals("PROMOTE"));
        assertEquals(303, gate.send(form(name, "hold", "I look at it first")).statusCode());
        var row = row(name);
        assertTrue(row.contains("HOLD</span>"), row);
        assertTrue(row.contains("held until a person resumes it"), row);
        assertTrue(row.contains("local holds this release: I look at it first."), row);
        var page = release(name).body();
        assertTrue(page.contains("RELEASE_HELD"), page);
        assertTrue(page.contains("Until it is resumed."), page);
        var list = ConsoleCalls.page(gate, "/console").body();
        assertTrue(list.indexOf("Needs a person") < list.indexOf(ConsoleCalls.path(name)), list);
        assertTrue(list.matches("(?s).*<title>\\(\\d+\\) Releases · Portcullis</title>.*"), list);
        var number = ConsoleCalls.page(gate, "/console/waiting");
        assertTrue(number.body().contains("data-number="), number.body());
        assertEquals(303, gate.send(form(name, "resume", "looked")).statusCode());
        assertTrue(row(name).contains("PROMOTE</span>"), row(name));
    }

    /** The row of the list that leads to a release. */
    private static String row(String release) {
        var list = ConsoleCalls.page(gate, "/console").body();
        var id = release.substring(release.lastIndexOf('/') + 1);
        var begin = list.indexOf("<tr id=\"r-" + id);
        assertTrue(begin >= 0, list);
        return list.substring(begin, list.indexOf("</tr>", begin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/nothing", "/console/holds/x/resume", "/console/rollbacks/a/b/c"})
    void whereThereIsNoPageAPageLeadsOn(String path) {
        var missing = ConsoleCalls.page(gate, path);
        assertEquals(404, missing.statusCode(), missing.body());
        assertTrue(missing.body().contains("<h1>There is no such page</h1>"), missing.body());
        assertTrue(missing.body().contains("href=\"/console/holds\""), missing.body());
    }

    @Test
    void theAuditPageSaysUpToWhereTheLogIsVerified() {
        opened("audited");
        var before = ConsoleCalls.page(gate, "/console/audit").body();
        var sent = gate.send(ConsoleCalls.form(gate, "/console/audit/verification", ConsoleCalls.token(before), ""));
        assertEquals(303, sent.statusCode(), sent.body());
        var after = ConsoleCalls.page(gate, "/console/audit").body();
        assertTrue(after.matches("(?s).*<b>Verified .*"), after);
        var refused = gate.send(ConsoleCalls.form(gate, "/console/audit/verification", "guessed", ""));
        assertEquals(403, refused.statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1"
    })
    void aFormOfAnotherPageIsRefused(String header, String value) {
        var name = opened("f1");
        var refused = gate.send(form(name, "abort", "I was lured here").header(header, value));
        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(release(name).body().contains("data-state=\"OPEN\""));
    }

    @Test
    void aFormOfThisPageIsTaken() {
        var name = opened("f2");
        var own = form(name, "abort", "it fails")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", gate.uri("").toString());
        assertEquals(303, gate.send(own).statusCode());
    }

    @Test
    void aFormWithoutItsTokenOrAReasonIsRefused() {
        var name = opened("f3");
        var path = ConsoleCalls.path(name) + "/abort";
        assertEquals(
                403, gate.send(ConsoleCalls.form(gate, path, "", "it fails")).statusCode());
        assertEquals(
                403,
                gate.send(ConsoleCalls.form(gate, path, "guessed", "it fails")).statusCode());
        assertEquals(400, gate.send(form(name, "abort", " ")).statusCode());
        assertEquals(400, gate.send(form(name, "explode", "it fails")).statusCode());
        var json = HttpRequest.newBuilder(gate.uri(path))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertEquals(400, gate.send(json).statusCode());
        assertTrue(release(name).body().contains("data-state=\"OPEN\""));
    }

    /** A name of a page of others can be made to mean this machine; the page could then read what it asks for. */
    @ParameterizedTest
    @CsvSource({"evil.example, 403", "127.0.0.1.evil.example, 403", "LOCALHOST:8080, 200", "[::1]:8080, 200"})
    void anotherHostIsRefused(String host, int status) throws IOException {
        try (var socket = new Socket("127.0.0.1", gate.uri("").getPort())) {
            socket.getOutputStream()
                    .write(("GET /console HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertEquals("HTTP/1.1 " + status, line.substring(0, 12));
        }
    }

    @Test
    void whatIsNotThereIsSaidOnAPage() {
        var name = opened("n1");
        var other = ConsoleCalls.path(name).replaceFirst("checkout", "basket");
        for (var path : new String[] {other, ConsoleCalls.path(name).replaceFirst("[0-9a-f]{8}", "00000000")}) {
            var missing = ConsoleCalls.page(gate, path);
            assertEquals(404, missing.statusCode());
            assertTrue(missing.body().contains("There is no such release"), missing.body());
        }
        assertEquals(400, ConsoleCalls.page(gate, "/console?state=lost").statusCode());
        assertEquals(400, ConsoleCalls.page(gate, "/console?before=x").statusCode());
    }

    @Test
    void releasesAreFoundByStateServiceAndText() {
        var name = opened("find_me%251");
        assertTrue(ConsoleCalls.page(gate, "/console?text=FIND_ME%25").body().contains(ConsoleCalls.path(name)));
        assertFalse(ConsoleCalls.page(gate, "/console?text=findxme").body().contains(ConsoleCalls.path(name)));
        assertTrue(ConsoleCalls.page(gate, "/console?state=open&service=checkout")
                .body()
                .contains(ConsoleCalls.path(name)));
        assertFalse(ConsoleCalls.page(gate, "/console?state=promoted").body().contains(ConsoleCalls.path(name)));
        assertFalse(ConsoleCalls.page(gate, "/console?service=basket").body().contains(ConsoleCalls.path(name)));
    }

    @Test
    @Timeout(60)
    void aPageHearsOfAChangeByItself() throws Exception {
        var name = opened("l1");
        var path = "/console/events/" + name;
        var http = HttpClient.newHttpClient();
        try {
            var stream = http.send(HttpRequest.newBuilder(gate.uri(path)).build(), BodyHandlers.ofLines());
            assertEquals(
                    "text/event-stream",
                    stream.headers().firstValue("Content-Type").orElseThrow());
            assertEquals("no", stream.headers().firstValue("X-Accel-Buffering").orElseThrow());
            var lines = stream.body().iterator();
            var first = next(lines, "id: ");
            assertTrue(next(lines, "data: <header").contains("data-state=\"OPEN\""));
            gate.send(form(name, "abort", "it fails"));
            var last = first;
            var header = "";
            // Between the two the page may change once more, as when the first review has something to say.
            while (!header.contains("data-state=\"ABORTED\"")) {
                var id = next(lines, "id: ");
                assertNotEquals(last, id);
                last = id;
                header = next(lines, "data: <header");
            }
        } finally {
            // Does not wait for the stream, which goes on.
            http.shutdownNow();
        }
    }

    private static String next(Iterator<String> lines, String beginning) {
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + beginning);
    }
}
