package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** A feature flag target at a fixed time, and what it is told. */
final class FlagFixture {
    static final String SECRET = "s3cr3t-t0ken";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final RollbackOrder ORDER =
            new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it's burning");

    private FlagFixture() {}

    static FeatureFlagTarget target(FlagFiles files) {
        var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new FeatureFlagTarget(http, Map.of("FLAG_TOKEN", SECRET), clock, files);
    }

    static FeatureFlagTarget target() {
        return target(new FlagFiles());
    }

    static TargetSettings settings(String provider, Map<String, String> values) {
        var all = new TreeMap<>(values);
        all.put("provider", provider);
        return new TargetSettings("feature-flag", "feature-flag of this test", all);
    }

    /** The rollback as it is told after it was prepared. */
    static Assignment prepared(RollbackTarget target, TargetSettings configured) {
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(ORDER, configured));
        return assigned(ready.pinned());
    }

    static Assignment assigned(TargetSettings pinned) {
        return new Assignment("rollbacks/1", "1/1", 7, ORDER, pinned);
    }

    /** The name of an outcome, with "Unknown" behind it when the effect is. */
    static String named(ApplyResult result) {
        return result.getClass().getSimpleName()
                + (result instanceof ApplyResult.Again again && again.effectUnknown() ? "Unknown" : "");
    }
}
