package dev.portcullis.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One HTTP/1.1 connection kept open that asks the same question again and again. It does as little as can be, since it shares the machine with the server
 * it measures. Answers must have a Content-Length. Not thread-safe.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BUFFER = 2_048;
    private static final int LONGEST_LINE = 8_192;
    private static final int LARGEST_BODY = 1 << 20;
    private static final String LENGTH = "content-length:";

    /** An answer of any status. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Answer(int status, byte[] body) {}

    private final byte[] question;
    private final Socket socket;
    private final BufferedInputStream in;

    private KeepAliveConnection(URI address, String head, String body, Duration longest) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        question = (head + "Host: " + address.getAuthority() + "\r\nAccept: application/json\r\n"
                        + (bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "\r\n") + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) longest.toMillis());
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) LIMIT.toMillis());
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** Asks by GET. Connects within 10 s; an answer may take as long. */
    static KeepAliveConnection getting(URI address) throws IOException {
        return new KeepAliveConnection(address, "GET " + target(address) + " HTTP/1.1\r\n", "", LIMIT);
    }

    /** Asks by POST of a JSON text. Connects within 10 s; an answer may take as long as is said. */
    static KeepAliveConnection posting(URI address, String json, Duration longest) throws IOException {
        var head = "POST " + target(address) + " HTTP/1.1\r\nContent-Type: application/json\r\n";
        return new KeepAliveConnection(address, head, json, longest);
    }

    private static String target(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /** Asks and waits for the whole answer. After an exception the connection is of no more use. */
    Answer ask() throws IOException {
        send();
        return receive();
    }

    /** Asks. */
    void send() throws IOException {
        socket.getOutputStream().write(question);
    }

    /** Waits for the whole answer to what was asked. */
    Answer receive() throws IOException {
        var status = status(line());
        var length = -1;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        if (length < 0 || length > LARGEST_BODY) {
            throw new IOException("status " + status + " with no Content-Length from 0 to " + LARGEST_BODY);
        }
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the connection ended within an answer");
        }
        return new Answer(status, body);
    }

    private static int status(String line) throws IOException {
        var words = line.split(" ", 3);
        if (words.length < 2 || !words[0].toUpperCase(Locale.ROOT).startsWith("HTTP/1.") || words[1].length() != 3) {
            throw new IOException("no status line: " + line);
        }
        return Integer.parseInt(words[1]);
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || text.length() > LONGEST_LINE) {
                throw new IOException("the connection ended, or a header is too long");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
