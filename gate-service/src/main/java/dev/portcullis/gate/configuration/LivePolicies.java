package dev.portcullis.gate.configuration;

import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policies as the configuration folder has them now. Thread-safe. */
public final class LivePolicies implements Policies {
    private final LiveConfiguration<GatePolicies> configuration;
    private volatile Instant since;

    public LivePolicies(LiveConfiguration<GatePolicies> configuration, Clock clock) {
        this.configuration = configuration;
        this.since = clock.instant();
        configuration.onChange(changed -> since = clock.instant());
    }

    @Override
    public Optional<GatePolicy> find(String service) {
        return configuration.current().find(service);
    }

    @Override
    public Set<String> services() {
        return configuration.current().services();
    }

    @Override
    public PromotionCalendar calendar() {
        return configuration.current().calendar();
    }

    @Override
    public List<ReleaseGroup> groups() {
        return configuration.current().groups();
    }

    @Override
    public Instant since() {
        return since;
    }
}
