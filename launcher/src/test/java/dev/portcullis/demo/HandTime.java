package dev.portcullis.demo;

import java.time.Duration;
import java.util.function.Consumer;

/** Time that passes only when someone pauses, and then at once. */
final class HandTime implements DemoTime {
    private final Consumer<Duration> passing;
    private Duration elapsed = Duration.ZERO;

    /** @param passing is told every length of time that passes */
    HandTime(Consumer<Duration> passing) {
        this.passing = passing;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void pause(Duration length) {
        elapsed = elapsed.plus(length);
        passing.accept(length);
    }
}
