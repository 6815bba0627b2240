package dev.portcullis.launcher.fuzz;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Frames of HTTP/2 that make a call of gRPC, nearly. Used by one thread. */
final class FrameInputs {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int LONGEST_SHORT = 126;
    private static final int LONGEST_FRAME = 16_384;
    /** Headers of more than 8 KB together end the connection. */
    private static final int LONGEST_AUTHORITY = 4_000;

    /** What begins a connection: the preface and empty settings. */
    static final byte[] PREFACE = begin();

    private final Draw draw;
    private final Names names;
    private final List<MethodDescriptor> methods;
    private final List<String> credentials;
    private final MessageInputs messages;

    FrameInputs(Draw draw, Names names, List<MethodDescriptor> methods, List<String> credentials) {
        this.draw = draw;
        this.names = names;
        this.methods = methods.stream()
                .filter(method -> !RpcFuzz.LONG.contains(method.getFullName()))
                .toList();
        this.credentials = credentials;
        this.messages = new MessageInputs(draw, names);
    }

    private static byte[] begin() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(frame(4, 0, 0, new byte[0]));
        return bytes.toByteArray();
    }

    /** A call whose frames are right, and what is in them need not be. */
    byte[] call(int stream) {
        var method = draw.of(methods);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(HEADERS, END_HEADERS, stream, head(method)));
        bytes.writeBytes(frame(DATA, END_STREAM, stream, content(method)));
        return bytes.toByteArray();
    }

    /** As long as a frame may be: one that is longer ends the connection and all its calls, as RFC 9113, 4.2 says. */
    private byte[] content(MethodDescriptor method) {
        var content = prefixed(messages.next(method.getInputType()));
        while (content.length > LONGEST_FRAME) {
            content = prefixed(messages.next(method.getInputType()));
        }
        return content;
    }

    /** A call of which anything may be wrong. */
    byte[] broken(int stream) {
        return switch (draw.number(6)) {
            case 0 -> draw.noise(100);
            case 1 -> frame(draw.number(12), draw.number(256), draw.number(8), draw.noise(40));
            case 2 -> frame(HEADERS, END_HEADERS | END_STREAM, stream, draw.noise(60));
            default -> draw.changed(call(stream));
        };
    }

    /** The names of headers as they are, since one that is wrong is a fault of HTTP/2 and not of the call. */
    private byte[] head(MethodDescriptor method) {
        var head = new ByteArrayOutputStream();
        header(head, ":method", seldom("POST", "GET"));
        header(head, ":scheme", "http");
        header(
                head,
                ":path",
                draw.oneIn(30)
                        ? "/" + draw.snagText().replaceAll("[^!-~]", "")
                        : "/" + method.getService().getFullName() + "/" + method.getName());
        header(head, ":authority", seldom("fuzz", authority()));
        header(head, "te", "trailers");
        header(head, "content-type", seldom("application/grpc", "text/plain"));
        header(head, "grpc-encoding", seldom("gzip", draw.of(List.of("identity", "br", ""))));
        if (draw.oneIn(8)) {
            header(head, "grpc-timeout", draw.of(List.of("1n", "1H", "99999999S", "x", "-1S", "")));
        }
        if (draw.oneIn(8)) {
            header(
                    head,
                    draw.of(List.of("x-request-id", "user-agent", "traceparent", "odd-bin")),
                    new String(draw.snag(), StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "?"));
        }
        if (!draw.oneIn(12)) {
            header(head, "authorization", draw.of(credentials));
        }
        return head.toByteArray();
    }

    private String authority() {
        var name = "a" + names.draw(draw).replaceAll("[^!-~]", "");
        return name.substring(0, Math.min(name.length(), LONGEST_AUTHORITY));
    }

    private String seldom(String usual, String other) {
        return draw.oneIn(40) ? other : usual;
    }

    /** With the five bytes before a message of gRPC. */
    private byte[] prefixed(byte[] message) {
        var packed = draw.oneIn(4);
        var sent = packed && !draw.oneIn(4) ? zipped(message) : message;
        var length = draw.oneIn(30) ? draw.of(List.of(0, -1, 1, Integer.MAX_VALUE, sent.length + 1)) : sent.length;
        var flag = draw.oneIn(60) ? draw.number(256) : packed ? 1 : 0;
        return ByteBuffer.allocate(5 + sent.length)
                .put((byte) flag)
                .putInt(length)
                .put(sent)
                .array();
    }

    private static byte[] zipped(byte[] message) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A literal that is not put into the table (RFC 7541, 6.2.2). */
    private static void header(ByteArrayOutputStream head, String name, String value) {
        head.write(0);
        text(head, name.getBytes(StandardCharsets.ISO_8859_1));
        text(head, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void text(ByteArrayOutputStream head, byte[] bytes) {
        if (bytes.length <= LONGEST_SHORT) {
            head.write(bytes.length);
        } else {
            head.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                head.write(rest & 127 | 128);
            }
            head.write(rest);
        }
        head.writeBytes(bytes);
    }

    static byte[] frame(int type, int flags, int stream, byte[] content) {
        return ByteBuffer.allocate(9 + content.length)
                .put((byte) (content.length >> 16))
                .putShort((short) content.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(content)
                .array();
    }
}
