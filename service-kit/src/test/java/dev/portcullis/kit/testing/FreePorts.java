package dev.portcullis.kit.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 for servers that begin to listen later, or go away and come back: none that the system gives to a server or a connection meanwhile, and none
 * twice in a process. Thread-safe.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    /** The first that Linux gives by itself; other systems begin above it. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that nobody listens on. */
    public static int next() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_EPHEMERAL);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
