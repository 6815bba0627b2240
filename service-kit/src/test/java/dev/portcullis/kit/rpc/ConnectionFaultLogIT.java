package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.portcullis.kit.telemetry.ConnectionFaults;
import dev.portcullis.kit.telemetry.ExceptionLines;
import dev.portcullis.kit.telemetry.LibraryLogs;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.RawCalls;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What a caller sends against the rules of gRPC is a line in the log, without a stack trace. Isolated, for it listens to the log of the whole process. */
@Isolated
@Timeout(60)
final class ConnectionFaultLogIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** More than the server takes in at all. */
    private static final int TOO_LARGE = 17 << 20;

    /** Lines of a minute. */
    private static final int MOST = 10;

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ExceptionLines exceptions = new ExceptionLines();
    private final LogLines lines = new LogLines();
    private final GrpcServer server = new GrpcServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(),
            OpenTelemetry.noop(),
            10,
            new SimpleMeterRegistry());

    @BeforeEach
    void start() {
        LibraryLogs.unite();
        exceptions.setContext(ROOT.getLoggerContext());
        exceptions.start();
        limitAnew();
        lines.setContext(ROOT.getLoggerContext());
        lines.start();
        ROOT.addAppender(lines);
        server.start();
    }

    /** What other tests have sent within this minute does not count. */
    private static void limitAnew() {
        var limit = new ConnectionFaults();
        limit.setContext(ROOT.getLoggerContext());
        limit.start();
        ROOT.getLoggerContext().getTurboFilterList().removeIf(filter -> filter instanceof ConnectionFaults);
        ROOT.getLoggerContext().addTurboFilter(limit);
    }

    @AfterEach
    void stop() {
        server.close();
        ROOT.detachAppender(lines);
        assertFalse(lines.all.isEmpty());
        assertTrue(lines.all.size() <= MOST, lines.all::toString);
        lines.all.forEach(
                line -> assertFalse(line.contains("\tat ") || line.strip().contains("\n"), line));
    }

    private void assertLogged(String text) {
        Await.until("a line with " + text, LIMIT, () -> lines.all.stream().anyMatch(line -> line.contains(text)));
    }

    @Test
    void aMessageThatIsNotTakenIn() {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        var check = HealthGrpc.getCheckMethod().getFullMethodName();
        assertThrows(
                StatusRuntimeException.class,
                () -> RawCalls.unary(channel, check, new byte[TOO_LARGE], CallOptions.DEFAULT));
        channel.shutdownNow();
        assertLogged("gRPC message exceeds maximum size 16777216: " + TOO_LARGE);
    }

    @Test
    void whatIsNoHttp2() throws IOException {
        send("GET / HTTP/1.1\r\nHost: grpc\r\n\r\n");
        assertLogged("Unexpected HTTP/1.x request: GET /");
        send("rubbish".repeat(100));
        assertLogged("HTTP/2 client preface string missing or corrupt");
    }

    /** The frame has the last octet of its length, its kind (1 is HEADERS), flags, stream, and content. */
    @Test
    void aFrameThatIsNone() throws IOException {
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\4\1\5\0\0\0\1\u00ff\u00ff\u00ff\u00ff");
        assertLogged("HPACK");
    }

    @Test
    void aFloodOfThemDoesNotFillTheLog() throws IOException {
        for (int i = 0; i < 30; i++) {
            send("rubbish".repeat(100));
        }
        Await.until("as many lines as a minute has", LIMIT, () -> lines.all.size() >= MOST);
    }

    /** Until the server closes the connection. */
    private void send(String octets) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(socket.getInputStream().readAllBytes().length > 0);
        }
    }

    private final class LogLines extends AppenderBase<ILoggingEvent> {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null) {
                all.add(event.getFormattedMessage() + exceptions.convert(event));
            }
        }
    }
}
