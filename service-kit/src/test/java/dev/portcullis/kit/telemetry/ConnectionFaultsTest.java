package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectionFaultsTest {
    private final AtomicLong now = new AtomicLong(1);
    private final List<Runnable> due = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggerContext context = new LoggerContext();
    private final Logger connections = context.getLogger(ConnectionFaults.LOGGERS + "NettyServerTransport");

    @BeforeEach
    void filter() {
        var filter = new ConnectionFaults(now::get, due::add);
        filter.setContext(context);
        filter.start();
        context.addTurboFilter(filter);
        log.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    }

    private List<String> told() {
        var told = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        log.list.clear();
        return told;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            connections.info("Transport failed", new IllegalStateException("sent " + i));
        }
    }

    private void passAMinute() {
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        var tasks = List.copyOf(due);
        due.clear();
        tasks.forEach(Runnable::run);
    }

    @Test
    void beyondTenAMinuteTheyAreCountedAndTheirNumberIsTold() {
        fail(322);
        assertEquals(Collections.nCopies(10, "Transport failed"), told());
        passAMinute();
        assertEquals(List.of("faults of gRPC connections: ... and 312 more within a minute"), told());
        fail(12);
        assertEquals(Collections.nCopies(10, "Transport failed"), told(), "the next minute");
        passAMinute();
        assertEquals(List.of("faults of gRPC connections: ... and 2 more within a minute"), told());
    }

    @Test
    void whatIsSeldomIsToldEachTime() {
        for (int i = 0; i < 5; i++) {
            fail(10);
            passAMinute();
        }
        assertEquals(Collections.nCopies(50, "Transport failed"), told());
    }

    @Test
    void otherLoggersAndLevelsAreNotKeptBackByThem() {
        fail(11);
        connections.warn("another");
        context.getLogger(ConnectionFaults.LOGGERS + "NettyServerHandler").info("another");
        context.getLogger("dev.portcullis").info("another");
        assertEquals(13, told().size());
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        connections.debug("below its level");
        assertEquals(List.of(), told());
    }
}
