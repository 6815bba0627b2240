package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.gate.release.StoreUnavailableException;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out whether a canary may go on, or, before one is there, whether a deploy may begin; the first question about one opens its release, and so does the first after it has come back. {@link EvaluateGate} sees
 * to it that there is an answer whatever happens here. Thread-safe.
 */
public final class AnswerQuestion {
    private final Policies policies;
    private final Releases releases;
    private final NewRunRule newRuns;
    private final DeployRule deployRule;
    private final AskAnalysis askAnalysis;
    private final JudgeRelease judgeRelease;
    private final OriginFactory originFactory;
    private final ReadReleases readReleases;

    public AnswerQuestion(
            Policies policies,
            Releases releases,
            NewRunRule newRuns,
            DeployRule deployRule,
            AskAnalysis askAnalysis,
            JudgeRelease judgeRelease,
            OriginFactory originFactory,
            ReadReleases readReleases) {
        this.policies = policies;
        this.releases = releases;
        this.newRuns = newRuns;
        this.deployRule = deployRule;
        this.askAnalysis = askAnalysis;
        this.judgeRelease = judgeRelease;
        this.originFactory = originFactory;
        this.readReleases = readReleases;
    }

    /**
     * Answers.
     *
     * @throws InvalidFieldException when the question contradicts the release it is about
     * @throws ReleaseNotFoundException when it names a release, and there is none of that id
     */
    Evaluation answer(GateRequest request) {
        try {
            var evaluation = decide(request);
            return evaluation.with(evaluation.release().flatMap(readReleases::rollback));
        } catch (StoreUnavailableException e) {
            return EvaluateGate.unavailable(e);
        }
    }

    private Evaluation decide(GateRequest request) {
        if (request.stage() == Stage.PRE_DEPLOY) {
            var service = request.key().service();
            return policies.find(service)
                    .map(policy -> deployRule.evaluate(service, request.details()))
                    .orElseGet(() -> unknown(service));
        }
        if (request.release().isPresent()) {
            return latest(known(request, request.release().get()), request);
        }
        var latest = releases.find(request.key());
        if (latest.isPresent() && !beginsAnew(latest.get(), request)) {
            return goOn(latest.get(), request);
        }
        return opened(request, latest.map(Release::nextRun).orElse(1));
    }

    private Release known(GateRequest request, UUID id) {
        // By the key first: what is read by that is kept in memory, and nearly every question is about the latest run.
        return releases.find(request.key())
                .filter(latest -> latest.id().equals(id))
                .or(() -> releases.find(id))
                .filter(release -> release.key().equals(request.key()) && sameEarnest(release, request))
                .orElseThrow(() ->
                        new ReleaseNotFoundException(Release.name(request.key().service(), id)));
    }

    private static boolean sameEarnest(Release release, GateRequest request) {
        return release.start().dryRun() == request.dryRun();
    }

    /** A dry run never becomes a release by whose decisions somebody goes, nor the other way round. */
    private boolean beginsAnew(Release latest, GateRequest request) {
        if (newRuns.comesBack(latest)) {
            return true;
        }
        if (sameEarnest(latest, request)) {
            return false;
        }
        if (request.dryRun()) {
            throw new InvalidFieldException(
                    "dryRun",
                    "is true, but " + latest.name() + ", the release of canary '"
                            + request.key().canary()
                            + "', is no dry run; ask without it, or with another revision, which begins a new run");
        }
        newRuns.endDryRun(latest);
        return true;
    }

    private Evaluation goOn(Release release, GateRequest request) {
        if (release.contradicts(request.stable())) {
            // By another stable version nobody gets rid of a rule.
            var again = request.with(
                    ReleaseDetails.NONE.with(release.start().details().rules()).and(request.details()));
            newRuns.correct(release, request.stable());
            return opened(again, release.nextRun());
        }
        return latest(release, request);
    }

    private Evaluation latest(Release known, GateRequest request) {
        var release = described(known, request);
        return release.open() ? judged(release, request) : Evaluation.latest(release);
    }

    /** What is told of a release is kept before anything is answered, also of one that has ended. */
    private Release described(Release release, GateRequest request) {
        return release.described(request.details()).isEmpty()
                ? release
                : releases.change(release.id(), current -> current.described(request.details()))
                        .orElse(release);
    }

    private Evaluation opened(GateRequest request, int run) {
        if (policies.find(request.key().service()).isEmpty()) {
            return unknown(request.key().service());
        }
        var onTop = releases.openOnTopOf(request.key(), request.stable(), request.dryRun());
        if (onTop.isPresent()) {
            return Evaluation.unrecorded(canaryIsStable(request, onTop.get()));
        }
        var start = new ReleaseStart(
                originFactory.newId(),
                request.key(),
                run,
                request.dryRun(),
                request.stable(),
                originFactory.traceparent(),
                originFactory.now(),
                request.details());
        var release = releases.open(start);
        // Of two questions at the same moment, one a dry run and one in earnest, the other may have opened it.
        return sameEarnest(release, request) ? judged(described(release, request), request) : decide(request);
    }

    private Evaluation judged(Release release, GateRequest request) {
        var service = request.key().service();
        return policies.find(service)
                .map(policy -> {
                    var reply = askAnalysis.about(release);
                    var evaluation = judgeRelease.judge(release, reply, Optional.of(policy), request.step());
                    return request.stage() == Stage.POST_DEPLOY
                            ? evaluation.atEnd(
                                    reply, policy.decide(reply, release.start().details()))
                            : evaluation;
                })
                .orElseGet(() -> unknown(service));
    }

    private static Decision canaryIsStable(GateRequest request, Release other) {
        var canary = request.key().canary();
        return Decision.hold(
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
        return Evaluation.unrecorded(Decision.hold(
                DecisionReason.UNKNOWN_SERVICE, "no ReleasePolicy names service '" + service + "'; " + known));
    }
}
