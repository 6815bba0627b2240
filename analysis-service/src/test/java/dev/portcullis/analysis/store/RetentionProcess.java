package dev.portcullis.analysis.store;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.schedule.DurableTasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that deletes old analyses until it is killed. */
final class RetentionProcess {
    private RetentionProcess() {}

    /** @param arguments address, user and password of the database */
    public static void main(String[] arguments) throws InterruptedException {
        var meters = new SimpleMeterRegistry();
        var settings = RetentionSettings.read("P13M", "P7Y");
        try (var database = open(arguments, meters)) {
            var retention =
                    new Retention(database, AnalysisRetention.STATEMENTS, settings.records(), settings.audit(), meters);
            new DurableTasks(database, List.of(), List.of(retention.task())).start();
            System.out.println("started");
            new CountDownLatch(1).await();
        }
    }

    private static Database open(String[] arguments, SimpleMeterRegistry meters) {
        var settings = new DatabaseSettings(arguments[0], arguments[1], arguments[2]);
        return Database.open(settings, "analysis", OpenTelemetry.noop(), meters);
    }
}
