package dev.portcullis.kit.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** A bare socket on 127.0.0.1 that answers HTTP byte by byte as a test says, and then closes the connection: also in the middle of an answer. Thread-safe. */
public final class CuttingHttpServer implements AutoCloseable {
    /** How an answer is framed, and where it breaks off. */
    public enum Framing {
        /** HTTP/1.1, as long as the connection lasts: nothing tells that it was to be longer. */
        UNTIL_CLOSE {
            @Override
            byte[] of(String contentType, byte[] body) {
                return answer("HTTP/1.1", contentType, "Connection: close\r\n", body);
            }
        },
        /** HTTP/1.0, likewise. */
        HTTP_1_0 {
            @Override
            byte[] of(String contentType, byte[] body) {
                return answer("HTTP/1.0", contentType, "", body);
            }
        },
        /** As long as its Content-Length says. */
        WHOLE {
            @Override
            byte[] of(String contentType, byte[] body) {
                return answer("HTTP/1.1", contentType, "Content-Length: " + body.length + "\r\n", body);
            }
        },
        /** Ten bytes less than its Content-Length says. */
        SHORT_OF_CONTENT_LENGTH {
            @Override
            byte[] of(String contentType, byte[] body) {
                return answer("HTTP/1.1", contentType, "Content-Length: " + (body.length + 10) + "\r\n", body);
            }
        },
        /** One whole chunk, and not the empty one that has to end the answer. */
        WITHOUT_LAST_CHUNK {
            @Override
            byte[] of(String contentType, byte[] body) {
                var chunk = new ByteArrayOutputStream();
                chunk.writeBytes(ascii(Integer.toHexString(body.length) + "\r\n"));
                chunk.writeBytes(body);
                chunk.writeBytes(ascii("\r\n"));
                return answer("HTTP/1.1", contentType, "Transfer-Encoding: chunked\r\n", chunk.toByteArray());
            }
        },
        /** Compressed, and the end of the compressed bytes missing. */
        GZIP_CUT {
            @Override
            byte[] of(String contentType, byte[] body) {
                var zipped = zipped(body);
                var part = Arrays.copyOf(zipped, zipped.length - 12);
                return answer("HTTP/1.1", contentType, "Content-Encoding: gzip\r\nConnection: close\r\n", part);
            }
        };

        abstract byte[] of(String contentType, byte[] body);

        /** An answer of status 200. */
        public byte[] of(String contentType, String body) {
            return of(contentType, body.getBytes(StandardCharsets.UTF_8));
        }

        private static byte[] answer(String version, String contentType, String headers, byte[] body) {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(ascii(version + " 200 OK\r\nContent-Type: " + contentType + "\r\n" + headers + "\r\n"));
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private static byte[] zipped(byte[] body) {
            var zipped = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(zipped)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return zipped.toByteArray();
        }
    }

    private final ServerSocket listener;
    private volatile Function<String, byte[]> answer;

    /** @param answer every byte to send, by the path (with its query) that is asked for */
    public CuttingHttpServer(Function<String, byte[]> answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers differently from now on. */
    public void answer(Function<String, byte[]> next) {
        answer = next;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The request is read whole: closing over unread bytes would reset the connection and lose what was sent. */
    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            var request = line(in);
            if (request.isEmpty()) {
                return;
            }
            in.skipNBytes(bodyLength(in));
            connection.getOutputStream().write(answer.apply(request.split(" ")[1]));
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bodyLength(InputStream in) throws IOException {
        int length = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) {
            line.append((char) letter);
        }
        return line.toString().strip();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** "http://127.0.0.1:port". */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
