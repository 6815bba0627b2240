package dev.portcullis.benchmarks.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Open streams of one page, each on a connection of its own, which take what comes. Used by one thread. */
final class Viewers implements AutoCloseable {
    private static final int LONGEST_WAIT_MILLIS = 60_000;

    private final List<Socket> sockets = new ArrayList<>();

    private Viewers() {}

    /**
     * Opens them, and returns when each has got its first event.
     *
     * @param tokens one for each stream
     * @throws IOException when one is refused, or gets none within a minute
     */
    static Viewers open(URI address, List<String> tokens) throws IOException {
        var viewers = new Viewers();
        try {
            for (var token : tokens) {
                viewers.add(address, token);
            }
            return viewers;
        } catch (IOException e) {
            viewers.close();
            throw e;
        }
    }

    private void add(URI address, String token) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        sockets.add(socket);
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
        socket.getOutputStream()
                .write(("GET " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                                + "\r\nAuthorization: Bearer " + token + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var status = reader.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("stream " + sockets.size() + " was answered " + status);
        }
        var line = reader.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = reader.readLine();
        }
        if (line == null) {
            throw new IOException("stream " + sockets.size() + " ended before its first event");
        }
        Thread.ofVirtual().start(() -> take(reader));
    }

    /** What is not taken would be kept for it by the server. */
    private static void take(BufferedReader reader) {
        try {
            while (reader.readLine() != null) {
                // goes on until the stream ends
            }
        } catch (IOException ended) {
            // by close, or with the process
        }
    }

    /** How many there are. */
    int number() {
        return sockets.size();
    }

    @Override
    public void close() {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing is left to be done with it
            }
        }
    }
}
