package dev.portcullis.rollback.target.featureflag;

import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
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
        this(http, environment, clock, new Disk());
    }

    FeatureFlagTarget(TracedHttpClient http, Map<String, String> environment, Clock clock, Disk disk) {
        var launchDarkly = new LaunchDarkly(new FlagHttp(http, environment, clock, ""));
        var file = new FlagdFile(disk);
        var web = new FlagdHttp(new FlagHttp(http, environment, clock, "Bearer "));
        this.providers = Map.of(launchDarkly.name(), launchDarkly, file.name(), file, web.name(), web);
    }

    @Override
    public String kind() {
        return FeatureFlagKind.NAME;
    }

    @Override
    public Readiness prepare(ReturnOrder order, TargetSettings configured) {
        var provider = provider(configured);
        try {
            var seen = provider.look(order.service(), configured);
            var known = provider.examine(order.service(), configured, seen);
            var goal = provider.subject(configured) + " is off";
            return new Readiness.Ready(configured.with(FlagKeys.VERSION, seen.version()), sighting(seen), goal, known);
        } catch (FlagFault e) {
            return e.readiness();
        }
    }

    @Override
    public Sighting observe(Assignment assignment) {
        try {
            return sighting(
                    provider(assignment.target()).look(assignment.order().service(), assignment.target()));
        } catch (FlagFault e) {
            return e.sighting();
        }
    }

    private static Sighting sighting(FlagSeen seen) {
        return seen.off() ? new Sighting.Restored(seen.text()) : new Sighting.NotRestored(seen.text());
    }

    @Override
    public Outcome apply(Assignment assignment) {
        var provider = provider(assignment.target());
        try {
            var seen = provider.look(assignment.order().service(), assignment.target());
            var pinned = assignment.target().required(FlagKeys.VERSION);
            if (seen.off()) {
                return new Outcome.Accepted(seen.text());
            }
            return seen.version().equals(pinned)
                    ? provider.switchOff(assignment, seen)
                    : new Outcome.Refused(seen.text() + ", and was changed since the rollback was prepared (version "
                            + pinned + " then, " + seen.version()
                            + " now): somebody may have switched it on again; prepare the rollback anew");
        } catch (FlagFault e) {
            return e.outcome();
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
