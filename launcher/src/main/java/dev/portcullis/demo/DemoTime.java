package dev.portcullis.demo;

import java.time.Duration;

/** The time a demo runs by. Thread-safe. */
interface DemoTime {
    /** Time since the demo began. */
    Duration elapsed();

    /** Lets time pass. */
    void pause(Duration length) throws InterruptedException;

    /** The machine's time, beginning now. */
    static DemoTime startingNow() {
        var begin = System.nanoTime();
        return new DemoTime() {
            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime() - begin);
            }

            @Override
            public void pause(Duration length) throws InterruptedException {
                Thread.sleep(length);
            }
        };
    }
}
