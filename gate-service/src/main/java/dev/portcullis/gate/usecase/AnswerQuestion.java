package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a canary may go on; the first question about one opens its release, and so does the first after it has come back. {@link EvaluateGate} sees
 * to it that there is an answer whatever happens here. Thread-safe.
 */
public final class AnswerQuestion {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerQuestion.class);

    private final Policies policies;
    private final Releases releases;
    private final NewRunRule newRuns;
    private final JudgeRelease judgeRelease;
    private final OriginFactory originFactory;
    private final ReadReleases readReleases;

    public AnswerQuestion(
            Policies policies,
            Releases releases,
            NewRunRule newRuns,
            JudgeRelease judgeRelease,
            OriginFactory originFactory,
            ReadReleases readReleases) {
        this.policies = policies;
        this.releases = releases;
        this.newRuns = newRuns;
        this.judgeRelease = judgeRelease;
        this.originFactory = originFactory;
        this.readReleases = readReleases;
    }

    /** @throws dev.portcullis.gate.release.InvalidFieldException when the question contradicts the release it is about */
    Evaluation answer(GateRequest request) {
        try {
            var evaluation = decide(request);
            return evaluation.with(evaluation.release().flatMap(readReleases::rollback));
        } catch (StoreUnavailableException e) {
            LOG.warn("{}: HOLD, nothing is recorded until it is back", e.getMessage());
            return Evaluation.unrecorded(Ruling.hold(
                    DecisionReason.STORE_UNAVAILABLE, e.getMessage() + "; no decision could be recorded, ask again"));
        }
    }

    private Evaluation decide(GateRequest request) {
        var latest = releases.find(request.key());
        if (latest.isPresent() && !newRuns.comesBack(latest.get())) {
            return goOn(latest.get(), request);
        }
        return opened(request, latest.map(Release::nextRun).orElse(1));
    }

    private Evaluation goOn(Release release, GateRequest request) {
        if (release.contradicts(request.stable())) {
            newRuns.correct(release, request.stable());
            return opened(request, release.nextRun());
        }
        return release.open() ? judged(release, request) : Evaluation.latest(release);
    }

    private Evaluation opened(GateRequest request, int run) {
        if (policies.find(request.key().service()).isEmpty()) {
            return unknown(request.key().service());
        }
        var onTop = releases.openOnTopOf(request.key(), request.stable());
        if (onTop.isPresent()) {
            return Evaluation.unrecorded(canaryIsStable(request, onTop.get()));
        }
        var start = new ReleaseStart(
                originFactory.newId(),
                request.key(),
                run,
                request.stable(),
                originFactory.traceparent(),
                originFactory.now());
        return judged(releases.open(start), request);
    }

    private Evaluation judged(Release release, GateRequest request) {
        var service = request.key().service();
        return policies.find(service)
                .map(policy -> judgeRelease
                        .judge(release, policy.undecided(), request.step())
                        .evaluation())
                .orElseGet(() -> unknown(service));
    }

    private static Ruling canaryIsStable(GateRequest request, Release other) {
        var canary = request.key().canary();
        return Ruling.hold(
                DecisionReason.CANARY_IS_STABLE,
                "'" + canary + "' is the stable version that the open release " + other.name()
                        + " compares its canary '"
                        + other.key().canary()
                        + "' with, so it cannot be a canary now: name the new version in canary and the old one in stable;"
                        + " if users have been given '" + other.key().canary()
                        + "' for good, promote that release, and ask again");
    }

    private Evaluation unknown(String service) {
        var known = policies.services().isEmpty()
                ? "the configuration folder has none yet"
                : "known: " + String.join(", ", policies.services());
        return Evaluation.unrecorded(Ruling.hold(
                DecisionReason.UNKNOWN_SERVICE, "no ReleasePolicy names service '" + service + "'; " + known));
    }
}
