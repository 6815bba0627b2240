package dev.portcullis.launcher.fuzz;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A connection of HTTP/2 with calls of gRPC, which looks how each of them ends. Used by one thread. */
final class FrameConnection implements AutoCloseable {
    /** The code by which HTTP/2 says that the one who says it has a fault. */
    static final int INTERNAL_ERROR = 2;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;

    /** What gRPC itself answers when the five bytes before a message are wrong, INTERNAL as its protocol says. */
    private static final Set<String> FRAMING = Set.of(
            "Can't decode compressed gRPC message as compression not configured",
            "gRPC frame header malformed: reserved bits not zero",
            "Encountered end-of-stream mid-frame");

    private final Findings findings;
    private final Duration limit;
    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 16);
    private Optional<byte[]> goAway = Optional.empty();

    /**
     * How a connection ended.
     *
     * @param goAway whether its end was told before
     * @param code of that, as RFC 9113, 7 says; 0 if it was not told
     * @param why what was said of it, or what was seen instead
     * @param reset whether it was reset, by which what was said of its end may be lost
     * @param left whether its caller had ended it first
     * @param input after which
     */
    record Closure(boolean goAway, int code, String why, boolean reset, boolean left, byte[] input) {
        @Override
        public String toString() {
            return goAway ? "GOAWAY " + code + " " + why : "no GOAWAY, " + why;
        }
    }

    FrameConnection(int port, Duration limit, Findings findings) throws IOException {
        this.findings = findings;
        this.limit = limit;
        this.socket = new Socket("127.0.0.1", port);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /**
     * Sends all of them at once and waits for what becomes of each.
     *
     * @param calls by their streams; those that have ended are taken out
     * @return empty when all have ended; else how the connection did
     */
    Optional<Closure> send(Map<Integer, byte[]> calls) {
        var sent = new ByteArrayOutputStream();
        sent.writeBytes(FrameInputs.PREFACE);
        calls.values().forEach(sent::writeBytes);
        var begin = System.nanoTime();
        try {
            write(sent.toByteArray());
            while (!calls.isEmpty()) {
                read(calls);
            }
            findings.answered(begin);
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            calls.values().forEach(input -> findings.add("no answer over HTTP/2 within " + limit, input));
            calls.clear();
            return Optional.of(closure(e, new byte[0]));
        } catch (IOException e) {
            return Optional.of(closure(e, sent.toByteArray()));
        }
    }

    /** Sends something, says that it was the last, and waits for the end of the connection. */
    Closure leave(byte[] input) {
        try {
            write(input);
            socket.shutdownOutput();
            while (true) {
                read(new HashMap<>());
            }
        } catch (SocketTimeoutException e) {
            findings.add("a connection over HTTP/2 that is kept though its caller has left", input);
            return closure(e, input);
        } catch (IOException e) {
            return closure(e, input);
        }
    }

    private Closure closure(IOException end, byte[] input) {
        return goAway.map(frame -> new Closure(
                        true,
                        ByteBuffer.wrap(frame).getInt(4),
                        new String(frame, 8, frame.length - 8, StandardCharsets.UTF_8),
                        false,
                        socket.isOutputShutdown(),
                        input))
                .orElseGet(() -> new Closure(
                        false, 0, end.toString(), end instanceof SocketException, socket.isOutputShutdown(), input));
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private void read(Map<Integer, byte[]> calls) throws IOException {
        var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        var type = in.readUnsignedByte();
        var flags = in.readUnsignedByte();
        var stream = in.readInt();
        var content = in.readNBytes(length);
        var input = calls.getOrDefault(stream, new byte[0]);
        switch (type) {
            case SETTINGS, PING -> acknowledge(type, flags, content);
            case GOAWAY -> goAway = goAway.or(() -> Optional.of(content));
            case RST_STREAM -> reset(ByteBuffer.wrap(content).getInt(), input);
            case DATA -> message(stream, content, input);
            case HEADERS -> headers(stream, content, (flags & END_STREAM) != 0, input);
            default -> {}
        }
        if (type == RST_STREAM || type == DATA || type == HEADERS && (flags & END_STREAM) != 0) {
            calls.remove(stream);
        }
    }

    private void acknowledge(int type, int flags, byte[] content) throws IOException {
        if ((flags & ACK) == 0 && !socket.isOutputShutdown()) {
            write(FrameInputs.frame(type, ACK, 0, type == PING ? content : new byte[0]));
        }
    }

    private void reset(int code, byte[] input) {
        findings.count("HTTP/2", "RST_STREAM " + code);
        if (code == INTERNAL_ERROR) {
            findings.add("over HTTP/2: RST_STREAM INTERNAL_ERROR", input);
        }
    }

    /** The first is enough: a stream goes on until it is left. */
    private void message(int stream, byte[] content, byte[] input) throws IOException {
        if (input.length > 0) {
            findings.count("HTTP/2", "answered");
        }
        findings.check("a message over HTTP/2", new String(content, StandardCharsets.UTF_8), input);
        if (!socket.isOutputShutdown()) {
            write(FrameInputs.frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
        }
    }

    private void headers(int stream, byte[] content, boolean last, byte[] input) throws IOException {
        var headers = decoded(stream, content);
        findings.check("headers over HTTP/2", headers.toString(), input);
        if (last && input.length > 0) {
            look(headers, input);
        }
    }

    private Http2Headers decoded(int stream, byte[] content) throws IOException {
        try {
            return decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(content));
        } catch (Http2Exception e) {
            throw new IOException("headers that cannot be read", e);
        }
    }

    private void look(Http2Headers last, byte[] input) {
        var http = String.valueOf(last.get(":status"));
        var status = String.valueOf(last.get("grpc-status"));
        var called = "200".equals(http) || "null".equals(http);
        findings.count("HTTP/2", called ? "grpc-status " + status : http);
        var fault = called && ("2".equals(status) || "13".equals(status)) || http.startsWith("5");
        if (fault && !FRAMING.contains(String.valueOf(last.get("grpc-message")))) {
            findings.add("over HTTP/2: " + last, input);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
