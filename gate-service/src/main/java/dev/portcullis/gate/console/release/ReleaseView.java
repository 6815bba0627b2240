package dev.portcullis.gate.console.release;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Fact;
import dev.portcullis.gate.console.Mark;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release as its page shows it to whoever may see it; what one person may do with it is in {@link ReleaseAction}.
 *
 * @param path of the page
 * @param events path of the stream of its changes
 * @param revision what people call the version; may be empty
 * @param state of the release, as the contract names it
 * @param version other than before when what may be done with the release may be other than before
 * @param decision name of the latest decision, which is what somebody sees who approves it; empty before the first
 * @param headline what is read first
 * @param reasons of what is answered now, as the contract names them
 * @param attention why it waits for a person; empty when it does not
 * @param rules what each rule for promotions said
 * @param rollback how its rollback stands; empty when there is none
 * @param successor the newer release that takes the traffic over; empty when there is none
 */
public record ReleaseView(
        String path,
        String events,
        String service,
        String canary,
        String revision,
        Mark mark,
        String state,
        String version,
        String decision,
        Headline headline,
        List<String> reasons,
        Optional<String> attention,
        Moment opened,
        Optional<Moment> ended,
        List<Fact> facts,
        List<RuleLine> rules,
        List<TimelineEntry> timeline,
        List<Fact> record,
        Optional<RollbackLine> rollback,
        Optional<Link> successor) {
    /** A page that leads on from this one. */
    public record Link(String label, String path) {}

    /**
     * What a rule said.
     *
     * @param style the class of the style sheet that colours it
     */
    public record RuleLine(String name, String icon, String style, String effect, String detail) {}

    /**
     * How a rollback stands.
     *
     * @param name "rollbacks/{uuid}"; empty while it has none
     */
    public record RollbackLine(String name, String state, String detail, boolean needsPerson) {}

    /**
     * What the page rests on.
     *
     * @param present the release as it is now
     * @param decisions of the release, the newest first
     * @param holds of the release itself, whether they hold or not
     * @param rollback as rollback-service has it; empty when there is none
     */
    public record Sources(
            PresentRelease present,
            List<Decision> decisions,
            List<PromotionHold> holds,
            Optional<RollbackStatus> rollback) {
        public Sources {
            decisions = List.copyOf(decisions);
            holds = List.copyOf(holds);
        }

        /** The release as it is on record. */
        public Release release() {
            return present.release();
        }
    }

    /** The page as it is seen at a moment. */
    public static ReleaseView of(Sources sources, Instant now) {
        var release = sources.release();
        var key = release.key();
        var current = sources.present().answer();
        return new ReleaseView(
                ConsolePath.of(release),
                ConsolePath.ROOT + "/events" + ConsolePath.of(release).substring(ConsolePath.ROOT.length()),
                key.service(),
                key.canary(),
                key.revision().equals(key.canary()) ? "" : key.revision(),
                Mark.of(release, current),
                release.state().name(),
                version(sources, now),
                decision(release),
                Headline.of(sources.present(), now),
                current.map(Decision::reasons).orElse(List.of()).stream()
                        .map(Enum::name)
                        .toList(),
                Attention.of(sources.present()),
                Moment.of(release.start().time(), now),
                release.ended().map(time -> Moment.of(time, now)),
                ReleaseFacts.known(release),
                current.map(Decision::rules).orElse(List.of()).stream()
                        .map(ReleaseView::line)
                        .toList(),
                TimelineEntry.of(release, sources.decisions(), sources.holds(), now),
                ReleaseFacts.record(release),
                sources.rollback().map(status -> line(release, status)),
                release.successor()
                        .map(next -> new Link(
                                "canary " + next.canary() + (next.run() == 1 ? "" : ", run " + next.run()),
                                ConsolePath.named(key.service(), next.name()))));
    }

    private static String decision(Release release) {
        return release.latest()
                .map(latest -> release.name() + "/decisions/" + latest.id())
                .orElse("");
    }

    private static String version(Sources sources, Instant now) {
        var release = sources.release();
        var said = release.approvals().stream()
                .map(approval -> approval.time() + (approval.stands() ? "+" : "-"))
                .toList();
        var holding = active(sources, now).stream().map(PromotionHold::id).toList();
        var rollback = sources.rollback().map(RollbackStatus::ended);
        return Integer.toHexString(List.of(release.state().name(), decision(release), said, holding, rollback)
                .hashCode());
    }

    private static List<PromotionHold> active(Sources sources, Instant now) {
        return sources.holds().stream()
                .filter(hold -> hold.state(now) == PromotionHold.State.ACTIVE)
                .toList();
    }

    /** What the viewer may do with the release. */
    public static List<ReleaseAction> actions(Sources sources, Caller viewer, Instant now) {
        return ReleaseAction.of(sources.release(), active(sources, now), sources.rollback(), viewer);
    }

    private static RuleLine line(RuleOutcome outcome) {
        var detail = PlainText.of(outcome.detail());
        return switch (outcome.effect()) {
            case PASSED -> new RuleLine(outcome.rule(), "promote", "tone-good", "passed", detail);
            case HELD -> new RuleLine(outcome.rule(), "hold", "tone-wait", "holds", detail);
            case WOULD_HOLD -> new RuleLine(outcome.rule(), "hold", "tone-quiet", "would hold (on trial)", detail);
        };
    }

    private static RollbackLine line(Release release, RollbackStatus status) {
        var detail = status.detail().isEmpty() ? release.rollback().detail() : status.detail();
        return new RollbackLine(
                release.rollback().rollback(), status.state(), PlainText.of(detail), status.needsPerson());
    }
}
