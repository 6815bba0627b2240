package dev.portcullis.rollback;

import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The only way from a service to its database, which a test can cut and mend: connections break, and new ones are refused at once. */
final class DatabaseLink implements AutoCloseable {
    private final DatabaseSettings behind;
    private final URI address;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    DatabaseLink(DatabaseSettings behind) {
        this.behind = behind;
        this.address = URI.create(behind.url().substring("jdbc:".length()));
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** The database as it is seen through this link. */
    DatabaseSettings settings() {
        var there = address.getHost() + ":" + address.getPort();
        var here = "127.0.0.1:" + door.getLocalPort();
        return new DatabaseSettings(behind.url().replace(there, here), behind.user(), behind.password());
    }

    void cut() {
        cut = true;
        open.forEach(DatabaseLink::closeQuietly);
    }

    void mend() {
        cut = false;
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException e) {
                // The end of the test, or a connection that broke before it began.
                continue;
            }
        }
    }

    private void connect(Socket near) throws IOException {
        open.add(near);
        if (cut) {
            near.close();
            return;
        }
        var far = new Socket(address.getHost(), address.getPort());
        open.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or ended by either side: both are closed below.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
