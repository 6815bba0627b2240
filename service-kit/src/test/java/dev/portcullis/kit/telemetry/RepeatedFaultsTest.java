package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RepeatedFaultsTest {
    private final AtomicLong now = new AtomicLong(1);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("poll");

    @BeforeEach
    void filter() {
        var filter = new RepeatedFaults(now::get);
        filter.start();
        context.addTurboFilter(filter);
        log.start();
        logger.addAppender(log);
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aFaultIsToldOnceAndThenOnceAMinuteWithItsCount() {
        for (int i = 0; i < 400; i++) {
            logger.error("polling failed", new IllegalStateException("away"));
            pass(Duration.ofMillis(200));
        }
        assertEquals(List.of("polling failed", "polling failed (and 299 times more since it was last told)"), told());
        assertEquals("away", log.list.getLast().getThrowableProxy().getMessage());
    }

    @Test
    void otherValuesAndOtherLoggersAndOtherExceptionsAreOtherFaults() {
        logger.warn("{} failed", "a");
        logger.warn("{} failed", "b");
        logger.warn("{} failed", "a");
        logger.warn("a failed", new IllegalStateException());
        context.getLogger("poll.other").warn("a failed");
        assertEquals(
                List.of("a failed", "b failed", "a failed"),
                told().stream().limit(3).toList());
        assertEquals(4, told().size());
    }

    @Test
    void theIdentityOfAnObjectDoesNotMakeAnotherFault() {
        logger.warn("{} is dead", "PgConnection@1a2b3c");
        logger.warn("{} is dead", "PgConnection@4d5e6f7");
        assertEquals(1, told().size());
    }

    @Test
    void whatIsNoFaultIsToldEachTime() {
        logger.info("done");
        logger.info("done");
        assertEquals(2, told().size());
    }

    @Test
    void aFaultThatIsBackAfterAMinuteIsToldAsItIs() {
        logger.warn("away");
        pass(Duration.ofMinutes(2));
        logger.warn("away");
        assertEquals(List.of("away", "away"), told());
    }
}
