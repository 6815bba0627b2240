package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection over its own time, with a framework that answers when the test says so. */
final class ServerConnectionTest {
    private static final String HEAD = "POST /v1/argo HTTP/1.1\r\nHost: gate\r\n";

    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        var connection = new ServerConnection();
        channel = new EmbeddedChannel(connection.bytes(), new HttpServerCodec(), connection);
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private void answer(int status) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        answer.headers().set("Content-Length", 0);
        channel.writeOutbound(answer);
    }

    /** What was sent since the last look. */
    private String sent() {
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString();
    }

    /** What the framework was given since the last look: "head", "part", "end". */
    private String passedOn() {
        var seen = new StringBuilder();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            seen.append(
                    switch (message) {
                        case HttpRequest head -> head.decoderResult().isSuccess() ? "head " : "broken ";
                        case LastHttpContent end -> end.decoderResult().isSuccess() ? "end " : "broken ";
                        case HttpContent part -> part.decoderResult().isSuccess() ? "part " : "broken ";
                        default -> message + " ";
                    });
            ReferenceCountUtil.release(message);
        }
        return seen.toString().strip();
    }

    private void assertRefused(String line, String field, String fault) {
        var answer = sent();
        assertTrue(answer.startsWith("HTTP/1.1 " + line + "\r\n"), answer);
        assertTrue(answer.endsWith("{\"field\":\"" + field + "\",\"fault\":\"" + fault + "\"}"), answer);
        assertTrue(answer.contains("connection: close\r\n"), answer);
        assertFalse(channel.isOpen());
    }

    @Test
    void whatIsLegalIsPassedOnAndTheConnectionStays() {
        receive(HEAD + "Transfer-Encoding: Chunked\r\nContent-Encoding: GZIP\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        assertEquals("head part end", passedOn());
        answer(200);
        assertTrue(sent().startsWith("HTTP/1.1 200 OK"));
        receive("GET / HTTP/1.0\r\n\r\n");
        assertEquals("head end", passedOn());
        answer(200);
        receive("\r\n");
        pass(Duration.ofHours(1));
        assertTrue(channel.isOpen(), "the next request may come when the caller likes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9"})
    void aVersionThatIsNotSpokenIsToldInOneThatIs(String version) {
        receive("GET / " + version + "\r\nHost: gate\r\n\r\n");
        assertRefused("505 HTTP Version Not Supported", "request", "is " + version + "; legal: HTTP/1.1, HTTP/1.0");
        assertEquals("", passedOn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|has 0 headers Host; legal: one",
                "Host: a~Host: b~|has 2 headers Host; legal: one",
                "Host: a~Transfer-Encoding: gzip~|has Transfer-Encoding 'gzip'; legal: chunked",
                "Host: a~Transfer-Encoding: gzip, chunked~|has Transfer-Encoding 'gzip, chunked'; legal: chunked",
                "Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~|has Transfer-Encoding 'chunked, chunked'; legal: chunked"
            })
    void aHeadWhoseMeaningIsOpenIsABadRequest(String headers, String fault) {
        receive("POST / HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n{}");
        assertRefused("400 Bad Request", "request", fault);
        assertEquals("", passedOn());
    }

    @ParameterizedTest
    @ValueSource(strings = {" / HTTP/1.1\r\nHost: gate\r\n\r\n", "GET / HTTP/1.1\r\nHost : gate\r\n\r\n"})
    void theAnswerToWhatIsNoHttpTellsThatItIsTheLast(String head) {
        receive("GET /1 HTTP/1.1\r\nHost: gate\r\n\r\n" + head);
        assertEquals("head end broken", passedOn());
        answer(200);
        assertFalse(sent().contains("connection: close"), "another is to come");
        assertTrue(channel.isOpen());
        answer(400);
        var last = sent();
        assertTrue(last.startsWith("HTTP/1.1 400 Bad Request"), last);
        assertTrue(last.contains("connection: close\r\n"), last);
        assertFalse(channel.isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "rubbish"})
    void aBodyThatCannotBeUnpackedIsRefusedByTheNameOfItsEncoding(String encoding) {
        receive(HEAD + "Content-Length: 2\r\nContent-Encoding: " + encoding + "\r\n\r\n{}");
        assertRefused(
                "415 Unsupported Media Type", "body", "has Content-Encoding '" + encoding + "'; legal: gzip, deflate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish\r\n{}\r\n0\r\n\r\n", "2\r\n{}no end of line"})
    void aBrokenBodyIsNoEndOfIt(String body) {
        receive(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body);
        assertFalse(passedOn().contains("end"));
        assertRefused("400 Bad Request", "body", "is not in chunks as its Transfer-Encoding says");
    }

    @Test
    void aHeadThatStaysHalfIsGivenUp() {
        receive("POST /v1/argo HT");
        pass(ServerConnection.HEAD_LIMIT.minusMillis(1));
        receive("TP/1.1\r\nHost:");
        assertEquals("", sent());
        pass(Duration.ofMillis(1));
        assertRefused("408 Request Timeout", "request", "its head was not whole 10 s after its first byte");
    }

    @Test
    void aBodyThatStaysHalfIsGivenUp() {
        receive(HEAD + "Content-Length: 20\r\n\r\n{");
        pass(ServerConnection.BODY_LIMIT.minusMillis(1));
        receive("}");
        assertEquals("", sent());
        pass(Duration.ofMillis(1));
        assertRefused("408 Request Timeout", "body", "was not whole 30 s after the head of its request");
        assertEquals("head part part", passedOn());
    }

    @Test
    void aCallerWhoWaitsForHisAnswerHasAllTheTime() {
        receive(HEAD + "Content-Length: 2\r\n\r\n{}" + HEAD);
        receive("Content-");
        pass(Duration.ofMinutes(10));
        assertEquals("", sent());
        answer(200);
        assertTrue(sent().startsWith("HTTP/1.1 200"));
        pass(ServerConnection.HEAD_LIMIT);
        assertRefused("408 Request Timeout", "request", "its head was not whole 10 s after its first byte");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1~Host: gate~~|POST /v1",
                "~~GET / HTTP/1.1~Host: gate~~|~~POST /v1",
                "GET / HTTP/1.1~Host: gate~|~POST /v1",
                "GET / HTTP/1.1~Host: g|ate~~POST /v1 HTTP/1.1~Host",
                "POST / HTTP/1.1~Host: gate~Content-Length: 6~~{~~~}POST /v1",
                "POST / HTTP/1.1~Host: gate~Content-Length: 6~~{~|~~}POST /v1",
                "POST / HTTP/1.1~Host: gate~Transfer-Encoding: chunked~~4~{~~}~0~~POST /v1",
                "POST / HTTP/1.1~Host: gate~Transfer-Encoding: chunked~~4~{~|~}~0~Trailer: a~~POST /v1"
            })
    void halfARequestBehindAWholeOneIsGivenUp(String reads) {
        for (var read : reads.split("\\|")) {
            receive(read.replace("{~", "{\n").replace("~}", "\n}").replace("~", "\r\n"));
        }
        assertTrue(passedOn().matches("head (part )*end"), reads);
        answer(200);
        assertTrue(sent().startsWith("HTTP/1.1 200"));
        pass(ServerConnection.HEAD_LIMIT);
        assertRefused("408 Request Timeout", "request", "its head was not whole 10 s after its first byte");
    }

    @Test
    void aRefusalComesBehindTheAnswersBeforeIt() {
        receive("GET /1 HTTP/1.1\r\nHost: gate\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nHost: gate\r\n\r\n");
        assertEquals("head end", passedOn());
        assertEquals("", sent());
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertTrue(channel.isOpen());
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        var answers = sent();
        assertTrue(answers.startsWith("HTTP/1.1 200 OK"), answers);
        assertTrue(answers.contains("HTTP/1.1 400 Bad Request"), answers);
        assertFalse(channel.isOpen());
    }

    @Test
    void anAnswerThatCameBeforeTheBodyWasBrokenIsTheOnlyOne() {
        receive(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        answer(405);
        assertTrue(sent().startsWith("HTTP/1.1 405"));
        receive("rubbish\r\n");
        assertEquals("", sent());
        assertFalse(channel.isOpen());
    }

    @Test
    void whoIsToldToContinueIsYetToBeAnswered() {
        receive(HEAD + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        assertTrue(sent().startsWith("HTTP/1.1 100 Continue"));
        receive("rubbish\r\n");
        assertRefused("400 Bad Request", "body", "is not in chunks as its Transfer-Encoding says");
    }
}
