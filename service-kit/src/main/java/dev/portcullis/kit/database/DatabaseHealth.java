package dev.portcullis.kit.database;

import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/** Readiness of the database: whether a connection can be had and answers, told within 3 s. Thread-safe. */
@Readiness
@Singleton
final class DatabaseHealth implements HealthIndicator {
    private final Database database;
    private final DatabaseSettings settings;
    private final ExecutorService executor;

    DatabaseHealth(
            Database database, DatabaseSettings settings, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.database = database;
        this.settings = settings;
        this.executor = executor;
    }

    /** Not on the caller's thread, which serves other requests too. */
    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(executor, this::look);
    }

    private HealthResult look() {
        var result = HealthResult.builder("database");
        try (var connection = database.untraced().getConnection()) {
            return connection.isValid(1)
                    ? result.status(HealthStatus.UP).build()
                    : down(result, "a connection does not answer");
        } catch (SQLException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return down(result, DatabaseFault.firstLine(cause));
        }
    }

    private HealthResult down(HealthResult.Builder result, String error) {
        return result.status(HealthStatus.DOWN)
                .details(Map.of("error", settings.shown() + ": " + settings.withoutSecrets(error)))
                .build();
    }
}
