package dev.portcullis.kit.lifecycle;

/** Work a service does by itself, started when it is ready and stopped before its database goes. Called from one thread. */
public interface BackgroundWork {
    /** Begins; returns at once. */
    void start();

    /** Takes up nothing new and waits a bounded time for what is under way. */
    void stop();
}
