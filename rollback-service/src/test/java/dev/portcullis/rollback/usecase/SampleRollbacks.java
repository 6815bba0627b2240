package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Rollbacks of checkout as they are written down at the start. */
final class SampleRollbacks {
    static final Recovery NO_CHECK = new Recovery(false, Duration.ofMinutes(10), WithoutProof.NEEDS_HUMAN);
    static final Recovery CHECK = new Recovery(true, Duration.ofMinutes(10), WithoutProof.NEEDS_HUMAN);
    static final Recovery CHECK_LENIENT = new Recovery(true, Duration.ofMinutes(10), WithoutProof.ACCEPT);
    static final RollbackOrder ORDER = new RollbackOrder("checkout", "", "new", "old", "it burns");

    private SampleRollbacks() {}

    static Rollback planned(Instant now, Mode mode, Recovery recovery, String... kinds) {
        var origin = new RollbackOrigin(UUID.randomUUID(), "", "alice", mode, "");
        return Rollback.planned(UUID.randomUUID(), origin, ORDER, plan(recovery, kinds), now);
    }

    /** A kind that begins with "router" routes traffic; one that ends with a question mark is optional. */
    static Plan plan(Recovery recovery, String... kinds) {
        var stages = Stream.of(kinds)
                .map(kind -> new Stage(
                        new TargetSettings(kind, kind + " default/shop/checkout", Map.of()),
                        kind.startsWith("router"),
                        kind.endsWith("?")))
                .toList();
        var limits = new Limits(
                Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(60));
        return new Plan(stages, recovery, limits);
    }
}
