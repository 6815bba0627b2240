package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A TCP proxy before a PostgreSQL that can fall silent, as a firewall or a failover makes a connection, or cut every connection at a given message of the client.
 * Thread-safe.
 */
public final class DatabaseProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final DatabaseSettings target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger messages = new AtomicInteger();
    private volatile int cutAt = Integer.MAX_VALUE;
    private volatile String first = "";
    private volatile Pattern counted = Pattern.compile("");
    private volatile boolean silent;

    public DatabaseProxy(DatabaseSettings target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** How to reach the server through the proxy. */
    public DatabaseSettings settings() {
        var direct = address();
        var url = target.url().replace("//" + direct.getAuthority(), "//127.0.0.1:" + listener.getLocalPort());
        return new DatabaseSettings(url, target.user(), target.password());
    }

    /** From now on nothing passes in either direction, though every connection stays open and new ones are accepted. */
    public void fallSilent() {
        silent = true;
    }

    /** New connections work again; those on which something was sent into the silence stay dead, as behind a firewall that has forgotten them. */
    public void recover() {
        silent = false;
    }

    /**
     * Cuts every connection before a message of the client is passed on.
     *
     * @param text message 1 is the next that contains it
     * @param kind of the others those are counted in which it is found
     * @param message the number of the one that is lost
     */
    public void cutAt(String text, Pattern kind, int message) {
        messages.set(0);
        first = text;
        counted = kind;
        cutAt = message;
    }

    /** Messages of clients since the first one of {@link #cutAt}. */
    public int messages() {
        return messages.get();
    }

    private URI address() {
        return URI.create(target.url().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", ""));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                var server =
                        new Socket(InetAddress.getLoopbackAddress(), address().getPort());
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, true));
                Thread.ofVirtual().start(() -> pass(server, client, false));
            } catch (IOException e) {
                continue; // closed, or the server is not there
            }
        }
    }

    private void pass(Socket from, Socket to, boolean counted) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            while (copy(in, out, counted)) {}
        } catch (IOException e) {
            // the other side is gone, and with it this one
        }
        if (!silent) {
            close(from);
            close(to);
        }
    }

    private boolean copy(InputStream in, OutputStream out, boolean counted) throws IOException {
        var buffer = new byte[1 << 16];
        var length = in.read(buffer);
        if (silent || length < 0) {
            return false;
        }
        if (counted && isCut(new String(buffer, 0, length, StandardCharsets.ISO_8859_1))) {
            cut();
            return false;
        }
        out.write(buffer, 0, length);
        return true;
    }

    private synchronized boolean isCut(String message) {
        var begins = messages.get() == 0 && message.contains(first);
        var counts = begins || (messages.get() > 0 && counted.matcher(message).find());
        return counts && messages.incrementAndGet() >= cutAt;
    }

    private void cut() {
        sockets.forEach(DatabaseProxy::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
