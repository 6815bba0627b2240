package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.testing.GateUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies over HTTP that are compressed, or claim to be. */
final class CompressedBodyIT {
    private static final byte[] QUESTION = """
            {"service": "checkout", "canary": "c1", "stable": "s1"}""".getBytes(StandardCharsets.UTF_8);

    private static GateUnderTest gate;

    @BeforeAll
    static void start(@TempDir Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void aCompressedQuestionIsAnswered() throws IOException {
        var response = post("gzip", gzip(QUESTION));
        assertEquals(200, response.statusCode(), response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "x-gzip"})
    void aBodyThatIsNotCompressedAsItClaimsIsABadRequest(String encoding) {
        assertBad(post(encoding, QUESTION));
    }

    @Test
    void aCompressedBodyThatIsDamagedIsABadRequest() throws IOException {
        var body = gzip(QUESTION);
        Arrays.fill(body, 12, body.length - 8, (byte) 0xff);
        assertBad(post("gzip", body));
    }

    @Test
    void aBodyThatIsTooLargeUnpackedIsRefused() throws IOException {
        var response = post("gzip", gzip(new byte[64 << 20]));
        assertEquals(413, response.statusCode(), response.body());
    }

    private static void assertBad(HttpResponse<String> response) {
        assertEquals(400, response.statusCode(), response.body());
        assertEquals("body", GateUnderTest.json(response).path("field").asText(), response.body());
    }

    private static HttpResponse<String> post(String encoding, byte[] body) {
        return gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
