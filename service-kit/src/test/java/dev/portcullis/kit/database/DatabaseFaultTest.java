package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DatabaseFaultTest {
    private static Optional<String> pool(String numbers, @Nullable SQLException cause) {
        return DatabaseFault.in(new IllegalStateException(new SQLTransientConnectionException(
                "portcullis-gate - Connection is not available, request timed out after 1003ms (" + numbers + ")",
                cause)));
    }

    @Test
    void aPoolWhoseConnectionsAreAllInUseIsBusy() {
        var busy = Optional.of("is busy: all 12 connections are in use, and none was free within 1003 ms");
        assertEquals(busy, pool("total=12, active=12, idle=0, waiting=7", null));
    }

    @Test
    void aPoolThatCannotOpenAConnectionSaysWhatTheServerSaid() {
        var refused = new SQLException("Connection to 127.0.0.1:5432 refused.\n  Detail", "08001");
        assertEquals(
                Optional.of("cannot be reached: Connection to 127.0.0.1:5432 refused."),
                pool("total=12, active=12, idle=0, waiting=7", refused));
    }

    @Test
    void aPoolThatGetsNoConnectionsIsNotBusy() {
        assertEquals(
                Optional.of(
                        "cannot be reached: portcullis-gate - Connection is not available, request timed out after 1003ms (total=3, active=3, idle=0, waiting=7)"),
                pool("total=3, active=3, idle=0, waiting=7", null));
    }

    @Test
    void aPoolThatIsClosedIsThatOfAProcessThatStops() {
        var closed = new SQLException("HikariDataSource HikariDataSource (portcullis-gate) has been closed.");
        var told = Optional.of("cannot be reached: this process is stopping");
        assertEquals(told, DatabaseFault.outageIn(new IllegalStateException(closed)));
    }

    @Test
    void whatTheServerRefusesIsNoOutage() {
        var full = new SQLException("ERROR: No space left on device", "53100");
        assertEquals(Optional.of("refuses: ERROR: No space left on device (SQLSTATE 53100)"), DatabaseFault.in(full));
        assertEquals(Optional.empty(), DatabaseFault.outageIn(full));
        assertEquals(Optional.of("cannot be reached: gone"), DatabaseFault.outageIn(new SQLException("gone", "08006")));
    }
}
