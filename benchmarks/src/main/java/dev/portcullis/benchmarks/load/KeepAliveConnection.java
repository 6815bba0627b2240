package dev.portcullis.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection kept open that asks the same question again and again. It does as little as can be, since it shares the machine with the server
 * it measures. Answers must have a Content-Length. Not thread-safe.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;
    private static final int LONGEST_LINE = 8_192;
    private static final int LARGEST_BODY = 1 << 20;
    private static final String LENGTH = "content-length:";

    /** An answer of any status. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Answer(int status, byte[] body) {}

    private final byte[] question;
    private final Socket socket;
    private final BufferedInputStream in;

    /** Connects within 10 s; an answer may take as long. */
    KeepAliveConnection(URI address) throws IOException {
        question = ("GET " + address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                        + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAccept: application/json\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks and waits for the whole answer. After an exception the connection is of no more use. */
    Answer ask() throws IOException {
        socket.getOutputStream().write(question);
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
