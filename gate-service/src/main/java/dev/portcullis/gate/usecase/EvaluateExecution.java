package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates the gate for callers that take it for a Kayenta: a question opens the release, and its execution is how that stands. Thread-safe. */
public final class EvaluateExecution {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateExecution.class);
    private static final String KAYENTA = "kayenta";

    /** How many releases a list is taken from. */
    private static final int NEWEST = 500;

    private final EvaluateGate evaluateGate;
    private final Releases releases;
    private final EndRelease endRelease;

    public EvaluateExecution(EvaluateGate evaluateGate, Releases releases, EndRelease endRelease) {
        this.evaluateGate = evaluateGate;
        this.releases = releases;
        this.endRelease = endRelease;
    }

    /**
     * Opens the release that an execution is about, unless it is open.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @throws dev.portcullis.gate.release.InvalidFieldException when the question contradicts the release it is about
     */
    public void begin(CanaryExecution execution, long arrived) {
        if (!execution.holds()) {
            LOG.warn(
                    "{} is asked about with pass {} and marginal {}: no score is between failure and success, so a HOLD is told by an execution that is not complete",
                    execution.key().shown(),
                    execution.pass(),
                    execution.marginal());
        }
        evaluateGate.evaluate(execution.request(), arrived);
    }

    /**
     * How an execution stands; a HOLD when that cannot be found out. A release that has ended is not begun anew by that.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     */
    public Evaluation read(CanaryExecution execution, long arrived) {
        try {
            return known(execution)
                    .map(release -> stands(release, execution, arrived))
                    .orElseGet(() -> evaluateGate.evaluate(execution.request(), arrived));
        } catch (InvalidFieldException e) {
            throw e;
        } catch (RuntimeException e) {
            // Asked by its key instead, one that has ended would be begun anew as soon as the store is back.
            return evaluateGate.unread(e);
        }
    }

    /** What an execution tells whoever asks too often: it is not complete. */
    public Evaluation unasked() {
        return evaluateGate.unasked();
    }

    /** An open one is asked about by its id: it may end meanwhile, and a question about its canary would then begin it anew. */
    private Evaluation stands(Release release, CanaryExecution execution, long arrived) {
        return release.open()
                ? evaluateGate.evaluate(execution.request().about(release.id()), arrived)
                : Evaluation.latest(release);
    }

    /** A dry run is none of those: nobody goes by it. */
    private Optional<Release> known(CanaryExecution execution) {
        return releases.find(execution.key())
                .filter(release -> !release.contradicts(execution.stable()))
                .filter(release -> !release.open() || !release.start().dryRun());
    }

    /**
     * Ends the release that an execution is about, without a verdict.
     *
     * @throws StoreUnavailableException when the store cannot be reached
     */
    public void cancel(CanaryExecution execution) {
        endRelease.close(
                execution.key(),
                Decision.hold(
                        DecisionReason.ANALYSIS_CANCELLED,
                        "the canary analysis was cancelled by whoever asked for it; asked again, it is a new run"),
                KAYENTA);
    }

    /**
     * The newest releases on which something was decided, newest first.
     *
     * @param application the rollout they are of; empty lets all through
     * @throws StoreUnavailableException when the store cannot be reached
     */
    public List<Evaluation> newest(Optional<String> application) {
        var all = new ReleaseFilter(Optional.empty(), Optional.empty(), Optional.empty());
        return releases.list(all, OptionalLong.empty(), NEWEST).stream()
                .filter(release -> release.latest().isPresent())
                .filter(release -> application
                        .filter(wanted -> !release.key().rollout().equals(wanted))
                        .isEmpty())
                .map(Evaluation::latest)
                .toList();
    }
}
