package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.Opening;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whether a canary may go on; the first question about a revision opens its release. Always answers, with a HOLD when nothing else can be said. Thread-safe. */
public final class EvaluateGate {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateGate.class);

    private final Policies policies;
    private final Releases releases;
    private final JudgeRelease judgeRelease;
    private final Origins origins;

    public EvaluateGate(Policies policies, Releases releases, JudgeRelease judgeRelease, Origins origins) {
        this.policies = policies;
        this.releases = releases;
        this.judgeRelease = judgeRelease;
        this.origins = origins;
    }

    public Evaluation evaluate(GateRequest request) {
        try {
            return decide(request);
        } catch (StoreUnavailableException e) {
            LOG.warn("{}: HOLD, nothing is recorded until it is back", e.getMessage());
            return Evaluation.unrecorded(Ruling.hold(
                    Reason.STORE_UNAVAILABLE,
                    "the gate's database cannot be reached, so no decision could be recorded; ask again"));
        }
    }

    private Evaluation decide(GateRequest request) {
        var known = releases.find(request.key());
        var ended = known.filter(release -> !release.open());
        if (ended.isPresent()) {
            return Evaluation.latest(ended.get());
        }
        var policy = policies.find(request.key().service());
        return policy.isEmpty()
                ? unknown(request.key().service())
                : judgeRelease
                        .judge(opened(known, request), policy.get().undecided(), request.step())
                        .evaluation();
    }

    private Release opened(Optional<Release> known, GateRequest request) {
        return known.orElseGet(() -> releases.open(
                new Opening(origins.newId(), request.key(), request.stable(), origins.traceparent(), origins.now())));
    }

    private Evaluation unknown(String service) {
        var known = policies.services().isEmpty()
                ? "the configuration folder has none yet"
                : "known: " + String.join(", ", policies.services());
        return Evaluation.unrecorded(
                Ruling.hold(Reason.UNKNOWN_SERVICE, "no ReleasePolicy names service '" + service + "'; " + known));
    }
}
