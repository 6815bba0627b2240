package dev.portcullis.gate;

import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.http.console.ConsoleAccess;
import dev.portcullis.gate.release.ReleaseSearches;
import dev.portcullis.gate.store.PostgresReleaseSearches;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.http.ServedPath;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The objects of gate-service behind the console. */
@Factory
final class ConsoleWiring {
    @Singleton
    ReleaseSearches releaseSearches(Database database) {
        return new PostgresReleaseSearches(database.jdbi());
    }

    @Singleton
    HttpAccess consoleAccess(PromotionHolds holds) {
        return ConsoleAccess.paths(holds);
    }

    @Singleton
    ServedPath console() {
        return new ServedPath("/console", "the console, for a browser; docs/console.md");
    }
}
