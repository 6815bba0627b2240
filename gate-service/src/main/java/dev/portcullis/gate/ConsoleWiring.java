package dev.portcullis.gate;

import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.hold.HoldMemory;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.http.console.ConsoleAccess;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.ReleaseSearches;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.store.PostgresReleaseSearches;
import dev.portcullis.gate.usecase.PreviewAnswers;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.http.ServedPath;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** The objects of gate-service behind the console. */
@Factory
final class ConsoleWiring {
    @Singleton
    ReleaseSearches releaseSearches(Database database) {
        return new PostgresReleaseSearches(database.jdbi());
    }

    /** What people hold is read where it is kept when memory does not have it for certain, as just after a change. */
    @Singleton
    PreviewAnswers previewAnswers(
            Policies policies,
            AnalysisReports reports,
            HoldMemory memory,
            PromotionHolds holds,
            AddedRules added,
            Clock clock) {
        return new PreviewAnswers(
                policies,
                reports,
                () -> memory.active().orElseGet(holds::active),
                active -> HoldWiring.rules(policies, () -> active, Optional.empty(), added::rule),
                clock);
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
