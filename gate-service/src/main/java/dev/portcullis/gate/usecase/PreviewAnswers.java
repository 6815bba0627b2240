package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out what the gate would answer about releases if somebody asked now: by what analysis-service has told already and by the rules as they are, so that nobody is asked
 * and nothing is recorded. What is on record may be older, since a hold that is placed or a freeze that begins is recorded with the next review. Thread-safe.
 */
public final class PreviewAnswers {
    private final Policies policies;
    private final AnalysisReports reports;
    private final Supplier<List<PromotionHold>> holds;
    private final Function<List<PromotionHold>, PromotionRules> rules;
    private final Clock clock;

    /**
     * One over what is known here.
     *
     * @param holds gives those that are active; those that have expired may be among them
     * @param rules gives the rules for promotions with these holds
     */
    public PreviewAnswers(
            Policies policies,
            AnalysisReports reports,
            Supplier<List<PromotionHold>> holds,
            Function<List<PromotionHold>, PromotionRules> rules,
            Clock clock) {
        this.policies = policies;
        this.reports = reports;
        this.holds = holds;
        this.rules = rules;
        this.clock = clock;
    }

    /** The answers at this moment, for any number of releases: what people hold is read once. */
    public Preview now() {
        return new Preview(holds.get(), clock.instant());
    }

    /** The answers of one moment. Thread-safe. */
    public final class Preview {
        private final List<PromotionHold> active;
        private final PromotionRules asked;
        private final Instant moment;

        private Preview(List<PromotionHold> active, Instant moment) {
            this.active = active;
            this.asked = rules.apply(active);
            this.moment = moment;
        }

        /** What would be answered; empty before the first decision. Where analysis-service has told nothing of it, or it depends on the others of its group, that is what is on record. */
        public Optional<Decision> answer(Release release) {
            if (!release.open() || release.watched() || release.latest().isEmpty()) {
                return release.current();
            }
            try {
                return report(release).map(report -> decided(release, report)).or(release::current);
            } catch (NotInMemoryException e) {
                return release.current();
            }
        }

        private Decision decided(Release release, AnalysisReport report) {
            var byEvidence = JudgeRelease.byEvidence(
                    release, report, policies.find(release.key().service()));
            var decided = asked.apply(byEvidence, Promotion.of(release, moment));
            var latest = Evaluation.latest(release, decided).decision();
            return latest.says(decided) || !release.learnsFrom(report, decided) ? latest : decided;
        }

        /** The holds of a release itself. */
        public List<PromotionHold> holds(Release release) {
            return active.stream()
                    .filter(hold -> hold.release().filter(release.id()::equals).isPresent())
                    .filter(hold -> hold.state(moment) == PromotionHold.State.ACTIVE)
                    .toList();
        }

        /** When an undecided analysis of it ends; empty when that is not known, or nothing is left to be decided. */
        public Optional<Instant> deadline(Release release) {
            return release.open()
                    ? report(release).filter(report -> !report.ended()).map(AnalysisReport::deadline)
                    : Optional.empty();
        }

        private Optional<AnalysisReport> report(Release release) {
            return reports.find(release.analysis());
        }
    }
}
