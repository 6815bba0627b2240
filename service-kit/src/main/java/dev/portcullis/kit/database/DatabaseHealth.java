package dev.portcullis.kit.database;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Readiness of the database: whether a connection can be had and answers. Thread-safe. */
@Readiness
@Singleton
final class DatabaseHealth implements HealthIndicator {
    private final Database database;

    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var result = HealthResult.builder("database");
        try (var connection = database.untraced().getConnection()) {
            result.status(connection.isValid(1) ? HealthStatus.UP : HealthStatus.DOWN);
        } catch (SQLException e) {
            result.status(HealthStatus.DOWN).details(Map.of("error", String.valueOf(e.getMessage())));
        }
        return Publishers.just(result.build());
    }
}
