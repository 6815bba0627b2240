package dev.portcullis.kit.telemetry;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** What libraries (gRPC, the driver of PostgreSQL) log by java.util.logging, which has a form of its own and a stack trace for whatever a caller sends. Thread-safe. */
public final class LibraryLogs {
    private LibraryLogs() {}

    /** Has it written as all else is, from now on and in the whole process. */
    public static synchronized void unite() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
