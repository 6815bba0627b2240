package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchedulerFaultsTest {
    private static final String SCHEDULER = "com.github.kagkarlsson.scheduler.RunUntilShutdown";
    private static final Exception AWAY = new IllegalStateException(new SQLTransientConnectionException("away"));
    private static final Exception READ_ONLY =
            new IllegalStateException(new SQLException("cannot execute UPDATE in a read-only transaction", "25006"));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void filter() {
        var filter = new SchedulerFaults();
        filter.start();
        context.addTurboFilter(filter);
        log.start();
        context.getLogger("ROOT").addAppender(log);
    }

    @Test
    void aDatabaseThatIsAwayIsAWarningOfTheScheduler() {
        context.getLogger(SCHEDULER).error("Unhandled exception. Will keep running.", AWAY);
        context.getLogger(SCHEDULER).error("Failed while completing execution {}. ", "review", READ_ONLY);
        assertEquals(
                List.of("Unhandled exception. Will keep running.", "Failed while completing execution review. "),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        for (var event : log.list) {
            assertEquals(Level.WARN, event.getLevel());
            assertEquals(
                    IllegalStateException.class.getName(),
                    event.getThrowableProxy().getClassName());
        }
    }

    @Test
    void everythingElseStaysAnError() {
        context.getLogger(SCHEDULER).error("Unhandled exception", new IllegalStateException("bug"));
        context.getLogger(SCHEDULER).error("no exception");
        context.getLogger("dev.portcullis.gate").error("failed", AWAY);
        assertEquals(3, log.list.size());
        log.list.forEach(event -> assertEquals(Level.ERROR, event.getLevel()));
    }
}
