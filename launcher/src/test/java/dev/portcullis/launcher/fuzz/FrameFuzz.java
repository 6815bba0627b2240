package dev.portcullis.launcher.fuzz;

import dev.portcullis.launcher.fuzz.FrameConnection.Closure;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends frames of HTTP/2 to a gRPC server, many calls by a connection, and looks how each ends. Used by one thread. */
final class FrameFuzz {
    private static final int BY_CONNECTION = 40;

    private final int port;
    private final FrameInputs inputs;
    private final Draw draw;
    private final Findings findings;
    private final Duration limit;

    FrameFuzz(int port, FrameInputs inputs, Draw draw, Findings findings, Duration limit) {
        this.port = port;
        this.inputs = inputs;
        this.draw = draw;
        this.findings = findings;
        this.limit = limit;
    }

    /** A connection with its calls, and then perhaps with something of which nobody can tell what it is. */
    void connect() throws IOException {
        var calls = new LinkedHashMap<Integer, byte[]>();
        for (int i = 0; i < BY_CONNECTION; i++) {
            calls.put(2 * i + 1, inputs.call(2 * i + 1));
        }
        try (var connection = new FrameConnection(port, limit, findings)) {
            var closure = connection.send(calls);
            if (closure.isPresent()) {
                check(closure.get());
                calls.forEach(this::again);
            } else if (draw.oneIn(4)) {
                look(connection.leave(inputs.broken(2 * BY_CONNECTION + 1)));
            }
        }
    }

    /** Sends those that had no answer again, each by itself, since a call may end the connection of others by what is wrong with its own frames (RFC 9113, 5.4.1). */
    private void again(int stream, byte[] input) {
        try (var connection = new FrameConnection(port, limit, findings)) {
            connection.send(new LinkedHashMap<>(Map.of(stream, input))).ifPresent(this::look);
        } catch (IOException e) {
            findings.add("no connection over HTTP/2 after a call that may have ended one: " + e, input);
        }
    }

    /** What is no HTTP/2 may be answered by the end of the connection, but not as a fault of the server's. */
    private void look(Closure closure) {
        findings.count("HTTP/2", closure.goAway() ? "GOAWAY " + closure.code() : "closed");
        check(closure);
    }

    private void check(Closure closure) {
        findings.check("what a GOAWAY says", closure.goAway() ? closure.why() : "", closure.input());
        if (closure.goAway() ? closure.code() == FrameConnection.INTERNAL_ERROR : !closure.left() && !closure.reset()) {
            findings.add("a connection over HTTP/2 that ends by a fault of the server's, " + closure, closure.input());
        }
    }
}
