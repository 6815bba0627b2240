package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP server of every service answers to whatever is sent: a status, and a fault in our words. */
@Timeout(60)
final class HttpEdgesIT {
    private static final int MOST_CONNECTIONS = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path configuration) {
        var database = TestDatabase.fresh();
        service = ServiceLauncher.start(
                "probe",
                Map.of(
                        "portcullis.config", configuration.toString(),
                        "portcullis.db.url", database.url(),
                        "portcullis.db.user", database.user(),
                        "portcullis.db.password", database.password(),
                        "portcullis.http.port", 0,
                        "portcullis.http.max-connections", MOST_CONNECTIONS,
                        "portcullis.grpc.port", 0));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private record Answer(int status, String head, String body) {
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends bytes as they are, for a client's library would not. */
    private static Answer send(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", service.httpPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var end = answer.indexOf("\r\n\r\n");
            assertTrue(end > 0, answer);
            return new Answer(
                    Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
        }
    }

    private static Answer ask(String method, String path, String headers) throws IOException {
        return send(method + " " + path + " HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static void assertFault(int status, String field, String fault, Answer answer) throws IOException {
        assertEquals(status, answer.status(), answer.toString());
        assertTrue(answer.header("content-type").startsWith("application/json"), answer.head());
        var body = JSON.readTree(answer.body());
        assertEquals(fault, body.path("fault").textValue());
        assertEquals(field, body.path("field").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/readiness", "/health/liveness", "/prometheus"})
    void whoeverAsksIsServedWhateverHeAccepts(String path) throws IOException {
        for (var accepted : new String[] {
            "",
            "Accept: */*\r\n",
            "Accept: text/html\r\n",
            "Accept: text/plain\r\n",
            "Accept: application/json\r\n",
            "Accept: application/openmetrics-text; version=1.0.0\r\n",
            "Accept: image/png\r\n",
            "Accept: rubbish,,;q=\r\n",
            "Accept:\r\n"
        }) {
            var answer = ask("GET", path, accepted);
            assertEquals(200, answer.status(), accepted + answer);
            assertTrue(!answer.body().isBlank(), accepted);
            assertEquals(200, ask("HEAD", path, accepted).status(), accepted);
        }
    }

    @Test
    void theFrontPageIsJsonForAProgram() throws IOException {
        var answer = ask("GET", "/", "Accept: application/json\r\n");
        assertEquals("application/json", answer.header("content-type"));
        assertEquals(
                "{\"service\":\"probe-service\",\"http\":["
                        + "{\"path\":\"/health\",\"what\":\"whether this service and what it depends on are well\"},"
                        + "{\"path\":\"/prometheus\",\"what\":\"its own metrics\"}],"
                        + "\"grpc\":\"127.0.0.1:" + service.grpcPort() + "\"}",
                answer.body());
        var browser = ask("GET", "/", "Accept: text/html,application/json;q=0.9,*/*;q=0.8\r\n");
        assertEquals("text/plain", browser.header("content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST", "OPTIONS", "TRACE", "BREW"})
    void aMethodThatAPathDoesNotHaveIsToldThoseItHas(String method) throws IOException {
        for (var path : new String[] {"/", "/health", "/prometheus"}) {
            var answer = ask(method, path, "Content-Length: 0\r\n");
            assertFault(405, "method", "is '" + method + "'; legal: GET, HEAD", answer);
            assertEquals("HEAD,GET", answer.header("allow"));
        }
    }

    /** Also those that no controller has seen, and those of a request that is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1~Host: probe~Connection: close~~",
                "GET /health HTTP/1.1~Host: probe~Connection: close~~",
                "HEAD /prometheus HTTP/1.1~Host: probe~Connection: close~~",
                "GET /nowhere HTTP/1.1~Host: probe~Connection: close~~",
                "PUT / HTTP/1.1~Host: probe~Connection: close~Content-Length: 0~~",
                "GET /%zz HTTP/1.1~Host: probe~Connection: close~~",
                "GET / HTTP/1.1~~",
                "GET / HTPT/1.1~~"
            })
    void everyAnswerTellsABrowserWhatItMayDoWithIt(String request) throws IOException {
        var answer = send(request.replace("~", "\r\n"));
        assertEquals("nosniff", answer.header("x-content-type-options"), answer.head());
        assertEquals("no-store", answer.header("cache-control"));
        assertEquals("default-src 'none'; frame-ancestors 'none'", answer.header("content-security-policy"));
        assertEquals("DENY", answer.header("x-frame-options"));
        assertEquals("no-referrer", answer.header("referrer-policy"));
        assertEquals("same-origin", answer.header("cross-origin-resource-policy"));
        assertTrue(List.of("", "portcullis").contains(answer.header("server")), answer.head());
    }

    @Test
    void aPathThatDoesNotExistIsTold() throws IOException {
        assertFault(
                404,
                "path",
                "is '/v1/nothing', where nothing is; GET / tells what can be asked",
                ask("GET", "/v1/nothing?a=b", ""));
    }

    @Test
    void aValueThatIsNotLegalIsToldThoseThatAre() throws IOException {
        assertFault(400, "selector", "is 'nope'; legal: liveness, readiness", ask("GET", "/health/nope", ""));
    }

    @ParameterizedTest
    @CsvSource({"/%zz,2", "/a|b,3", "/health?a=%,11", "/\\,2", "/^,2"})
    void anAddressThatIsNotLegalIsToldWhere(String address, int character) throws IOException {
        assertFault(
                400,
                "request",
                "its address '" + address + "' is not legal at character " + character
                        + "; write what is no letter, digit or one of -._~ as %XX",
                ask("GET", address, ""));
    }

    @Test
    void aHeadThatIsTooLongIsToldTheLimits() throws IOException {
        var limits =
                "its first line has more than 4096 bytes, or its headers have more than 8192, the most that are taken";
        assertFault(431, "request", limits, ask("GET", "/?" + "a".repeat(5000), ""));
        assertFault(431, "request", limits, ask("GET", "/", "X-Long: " + "a".repeat(9000) + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTPT/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : probe\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: probe\r\nno colon\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: probe\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: probe\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: probe\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST / HTTP/1.1\r\nHost: probe\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001 a greeting in TLS\r\n\r\n"
            })
    void whatIsNoHttpIsToldSo(String request) throws IOException {
        assertFault(
                400,
                "request",
                "is not legal HTTP/1.1: its first line, a header, or what says how long its body is",
                send(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1~~|400|request|has 0 headers Host; legal: one",
                "GET / HTTP/1.1~Host: probe~Host: probe~~|400|request|has 2 headers Host; legal: one",
                "GET / HTTP/2.0~Host: probe~~|505|request|is HTTP/2.0; legal: HTTP/1.1, HTTP/1.0",
                "POST / HTTP/1.1~Host: probe~Transfer-Encoding: rubbish~~{}|400|request|has Transfer-Encoding 'rubbish'; legal: chunked",
                "POST / HTTP/1.1~Host: probe~Content-Encoding: br~Content-Length: 2~~{}|415|body|has Content-Encoding 'br'; legal: gzip, deflate"
            })
    void aRequestThatCouldMeanSeveralThingsIsRefused(String request, int status, String field, String fault)
            throws IOException {
        assertFault(status, field, fault, send(request.replace("~", "\r\n")));
    }

    @Test
    void aConnectionTooManyIsClosedAndAnotherServedWhenOneHasEnded() throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            // Those of the tests before may not have ended yet.
            Await.until("a connection that is closed", Duration.ofSeconds(60), () -> {
                var socket = new Socket("127.0.0.1", service.httpPort());
                socket.setSoTimeout(200);
                sockets.add(socket);
                return sockets.size() > MOST_CONNECTIONS && isClosed(socket);
            });
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        Await.until(
                "an answer", Duration.ofSeconds(60), () -> ask("GET", "/", "").status() == 200);
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void whoCannotSayWhereHeAsksMaySpeakTheOlderVersion() throws IOException {
        assertEquals(200, send("GET /health/liveness HTTP/1.0\r\n\r\n").status());
    }
}
