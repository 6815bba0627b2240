package dev.portcullis.demo;

import java.time.Duration;

/** The thread that moves a shop ten times a second by the time that really passed. */
final class ShopTicker implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Shop shop;
    private final Thread thread;

    /** Does not run yet. */
    ShopTicker(Shop shop) {
        this.shop = shop;
        this.thread = Thread.ofVirtual().name("shop-traffic").unstarted(this::run);
    }

    /** Opens the shop to its customers. */
    void start() {
        thread.start();
    }

    private void run() {
        var last = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException e) {
                return;
            }
            var now = System.nanoTime();
            shop.advance(Duration.ofNanos(now - last));
            last = now;
        }
    }

    /** Stops the traffic; the pods stay. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
