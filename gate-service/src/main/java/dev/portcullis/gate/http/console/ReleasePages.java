package dev.portcullis.gate.http.console;

import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.console.evidence.ReleaseEvidence;
import dev.portcullis.gate.console.release.ReleaseView;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.release.RecordedDecision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.usecase.PreviewAnswers;
import dev.portcullis.gate.usecase.ReadEvidence;
import dev.portcullis.gate.usecase.ReadReleases;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what the page of a release shows. Thread-safe. */
@Singleton
final class ReleasePages {
    private static final int DECISIONS = 100;
    private static final int HOLDS = 200;

    private final ReadReleases readReleases;
    private final ReadEvidence readEvidence;
    private final PreviewAnswers previews;
    private final PromotionHolds holds;
    private final Clock clock;

    ReleasePages(
            ReadReleases readReleases,
            ReadEvidence readEvidence,
            PreviewAnswers previews,
            PromotionHolds holds,
            Clock clock) {
        this.readReleases = readReleases;
        this.readEvidence = readEvidence;
        this.previews = previews;
        this.holds = holds;
        this.clock = clock;
    }

    /** @throws dev.portcullis.gate.release.ReleaseNotFoundException when the text names none */
    ReleaseView.Sources read(String name) {
        var release = readReleases.get(name);
        var decisions = readReleases.decisions(release, OptionalLong.empty(), DECISIONS).items().stream()
                .map(RecordedDecision::decision)
                .toList();
        var ofRelease = holds.list(Optional.of(release.key().service()), true, OptionalLong.empty(), HOLDS).stream()
                .filter(hold -> hold.release().filter(release.id()::equals).isPresent())
                .toList();
        return new ReleaseView.Sources(
                ReleaseLists.present(previews.now(), release), decisions, ofRelease, readReleases.rollback(release));
    }

    /** What of the page is the same for all who may see it. Asks analysis-service, and waits seconds for it at most. */
    Map<String, Object> summary(ReleaseView.Sources sources) {
        return Map.of("page", ReleaseView.of(sources, clock.instant()), "evidence", evidence(sources.release()));
    }

    /** Where it cannot be had, the page says so and shows the rest. */
    private ReleaseEvidence evidence(Release release) {
        try {
            return readEvidence
                    .of(release)
                    .map(ReleaseEvidence::of)
                    .orElseGet(() -> ReleaseEvidence.missing(
                            release.analysis().isEmpty()
                                    ? "No analysis has begun, so there is no evidence yet."
                                    : "Its analysis is no longer kept; the decisions below say what it said."));
        } catch (AnalysisUnavailableException e) {
            return ReleaseEvidence.missing("analysis-service cannot be asked just now: " + e.getMessage() + ".");
        }
    }

    /** The name of a release that a path has in two parts. */
    static String name(String service, String release) {
        return "services/" + service + "/releases/" + release;
    }

    /** For the title of a page and the lists of a browser. */
    static String title(Release release) {
        return release.key().service() + " · " + release.key().canary();
    }
}
