package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Clock;
import java.util.Map;

/**
 * The target of services whose new behaviour stands behind a feature flag: it switches the flag off. Each service has a circuit breaker
 * of its own, {@code feature-flag:<service>}. Thread-safe.
 *
 * <p>The version of the flag that was seen when the rollback was prepared is pinned. A flag that is on and has another version since
 * is left alone, since somebody may have switched it on again; and every change is made on condition of that version.
 */
public final class FeatureFlagTarget implements RollbackTarget {
    private final Map<String, FlagProvider> providers;

    /** @param environment where tokens named by {@code tokenEnv} are looked up */
    public FeatureFlagTarget(TracedHttpClient http, Map<String, String> environment, Clock clock) {
        this(http, environment, clock, new FlagFiles());
    }

    FeatureFlagTarget(TracedHttpClient http, Map<String, String> environment, Clock clock, FlagFiles files) {
        var launchDarkly = new LaunchDarkly(new FlagHttp(http, environment, clock, ""));
        var file = new FlagdFile(files);
        var web = new FlagdHttp(new FlagHttp(http, environment, clock, "Bearer "));
        this.providers = Map.of(launchDarkly.name(), launchDarkly, file.name(), file, web.name(), web);
    }

    @Override
    public String kind() {
        return FeatureFlagKind.NAME;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        var provider = provider(configured);
        try {
            var state = provider.look(order.service(), configured);
            var known = provider.examine(order.service(), configured, state);
            var goal = provider.subject(configured) + " is off";
            return new Readiness.Ready(
                    configured.with(FlagKeys.VERSION, state.version()), observation(state), goal, known);
        } catch (FlagFault e) {
            return e.readiness();
        }
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        try {
            return observation(
                    provider(assignment.target()).look(assignment.order().service(), assignment.target()));
        } catch (FlagFault e) {
            return e.observation();
        }
    }

    private static TargetObservation observation(FlagState state) {
        return state.off()
                ? new TargetObservation.Restored(state.text())
                : new TargetObservation.NotRestored(state.text());
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var provider = provider(assignment.target());
        try {
            var state = provider.look(assignment.order().service(), assignment.target());
            var pinned = assignment.target().required(FlagKeys.VERSION);
            if (state.off()) {
                return new ApplyResult.Accepted(state.text());
            }
            return state.version().equals(pinned)
                    ? provider.switchOff(assignment, state)
                    : new ApplyResult.Refused(
                            state.text() + ", and was changed since the rollback was prepared (version "
                                    + pinned + " then, " + state.version()
                                    + " now): somebody may have switched it on again; prepare the rollback anew");
        } catch (FlagFault e) {
            return e.result();
        }
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return provider(assignment.target()).commandToApply(assignment.target());
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return provider(assignment.target()).commandToLook(assignment.target());
    }

    private FlagProvider provider(TargetSettings settings) {
        var name = settings.required(FlagKeys.PROVIDER);
        var provider = providers.get(name);
        if (provider == null) {
            throw new IllegalStateException(
                    "the kept settings name the provider '" + name + "'; legal: " + providers.keySet());
        }
        return provider;
    }
}
