package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RequestReusedException;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.StableHistories;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.UnknownServiceException;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.ObjectiveCatalog;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins an analysis and takes its first reading, the starting point of the counters, within the call. A source that cannot be read is no error: the first
 * successful reading is the starting point then.
 */
public final class StartAnalysis {
    /**
     * What is asked for.
     *
     * @param requestId makes a repeated request harmless; null for none
     * @param service whose objectives are judged
     * @param canary value of the arm label on the canary's series
     * @param baseline the same of the baseline; null for none
     * @param validateOnly check everything, keep nothing
     * @param traceparent W3C trace context of the request; empty for none
     * @param recoveryWithin the time in which {@code canary} is to be shown to have brought a recovery, without a baseline; null to judge a release
     */
    public record Request(
            @Nullable UUID requestId,
            String service,
            String canary,
            @Nullable String baseline,
            boolean validateOnly,
            String traceparent,
            @Nullable Duration recoveryWithin) {
        /** What is asked for a release. */
        public Request(
                @Nullable UUID requestId,
                String service,
                String canary,
                @Nullable String baseline,
                boolean validateOnly,
                String traceparent) {
            this(requestId, service, canary, baseline, validateOnly, traceparent, null);
        }
    }

    private final ObjectiveCatalog catalog;
    private final AnalysisRuns runs;
    private final StableHistories histories;
    private final FirstReading firstReading;
    private final RunEvents events;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public StartAnalysis(
            ObjectiveCatalog catalog,
            AnalysisRuns runs,
            StableHistories histories,
            FirstReading firstReading,
            RunEvents events,
            Clock clock,
            Supplier<UUID> ids) {
        this.catalog = catalog;
        this.runs = runs;
        this.histories = histories;
        this.firstReading = firstReading;
        this.events = events;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Begins an analysis, or answers the one that this request began before.
     *
     * @throws UnknownServiceException when no policy names the service
     * @throws RequestReusedException when the request id came with another body before
     * @throws dev.portcullis.analysis.judge.InvalidPlanException when the service's objectives cannot be judged
     */
    public AnalysisRun start(Request request) {
        var known = known(request);
        if (known.isPresent()) {
            return known.get();
        }
        var begun = AnalysisRun.begin(ids.get(), plan(request));
        if (request.validateOnly()) {
            return begun;
        }
        var reading = firstReading
                .take(begun.plan())
                .filter(taken ->
                        PollBatch.isTimely(Duration.between(begun.plan().begin(), clock.instant())));
        var first = reading.map(r -> Poll.of(begun, r, begun.plan().begin(), List::of));
        var run = first.map(Poll::run).orElse(begun);
        if (!runs.insert(run, request.requestId())) {
            // The same request arrived twice at once, and the other one was first.
            return known(request).orElseThrow();
        }
        first.ifPresent(events::polled);
        return run;
    }

    private RunPlan plan(Request request) {
        var objectives = catalog.find(request.service())
                .orElseThrow(() -> new UnknownServiceException(request.service(), catalog.services()));
        var within = request.recoveryWithin();
        return within == null ? ofRelease(objectives, request) : ofRecovery(objectives.ofRecovery(within), request);
    }

    private RunPlan ofRelease(ServiceObjectives objectives, Request request) {
        var arms = arms(objectives, request);
        return plan(Purpose.RELEASE, objectives, arms, request, arms.baseline() == null ? previous(request) : null);
    }

    private RunPlan ofRecovery(ServiceObjectives objectives, Request request) {
        var arms = new Arms(objectives.armLabel(), request.canary(), null);
        return plan(Purpose.RECOVERY, objectives, arms, request, null);
    }

    private RunPlan plan(
            Purpose purpose,
            ServiceObjectives objectives,
            Arms arms,
            Request request,
            @Nullable PreviousRelease previous) {
        var history = history(request.service());
        return new RunPlan(
                purpose,
                history == null ? objectives : objectives.withSettings(history.applied(objectives)),
                arms,
                clock.instant(),
                request.traceparent(),
                history,
                previous);
    }

    private @Nullable StableHistory history(String service) {
        try {
            return histories.find(service).orElse(null);
        } catch (UnreadableRecordException e) {
            // It was measured of the windows, which are still there.
            events.unreadable(service, e);
            return MeasureHistory.measured(histories, service, clock.instant());
        }
    }

    private static Arms arms(ServiceObjectives objectives, Request request) {
        var canary = new Arm(objectives.armLabel(), request.canary());
        var choice = objectives.baseline();
        return switch (choice.kind()) {
            case STABLE -> new Arms(objectives.armLabel(), request.canary(), request.baseline());
            case PREVIOUS_RELEASE -> new Arms(canary, null);
            case NAMED_SET -> new Arms(canary, namedSet(choice, canary));
        };
    }

    private static Arm namedSet(BaselineChoice choice, Arm canary) {
        var named = new Arm(Objects.requireNonNull(choice.label()), Objects.requireNonNull(choice.value()));
        if (named.equals(canary)) {
            throw new InvalidPlanException(
                    "canary", "'" + canary.value() + "'", "another than the policy's baselinePods");
        }
        return named;
    }

    private @Nullable PreviousRelease previous(Request request) {
        return runs.previous(request.service(), request.canary(), request.baseline())
                .map(PreviousRelease::of)
                .orElse(null);
    }

    private Optional<AnalysisRun> known(Request request) {
        var id = request.requestId();
        if (id == null) {
            return Optional.empty();
        }
        var known = runs.findByRequest(id);
        if (known.isPresent() && !sameBody(known.get().plan(), request)) {
            throw new RequestReusedException(id);
        }
        return known;
    }

    private static boolean sameBody(RunPlan plan, Request request) {
        return plan.objectives().service().equals(request.service())
                && plan.arms().canary().value().equals(request.canary())
                && Objects.equals(
                        plan.isRecovery() ? plan.settings().timing().deadline() : null, request.recoveryWithin())
                && (plan.objectives().baseline().kind() != BaselineChoice.Kind.STABLE
                        || Objects.equals(valueOf(plan.arms().baseline()), request.baseline()));
    }

    private static @Nullable String valueOf(@Nullable Arm arm) {
        return arm == null ? null : arm.value();
    }
}
