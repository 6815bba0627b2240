package dev.portcullis.rollback.store;

import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The form of a plan in the rows of rollbacks and preparations. Version 2 is version 1, which had no version in it, with texts that escape what jsonb cannot hold. */
record StoredPlan(List<StoredTarget> stages, StoredRecovery recovery, StoredLimits limits) {
    private static final int VERSION = 2;

    static final DocumentColumn<Plan> OF_ROLLBACK =
            DocumentColumn.of("rollback.plan", VERSION, StoredPlan.class, StoredPlan::of, StoredPlan::plan);

    static final DocumentColumn<Plan> OF_PREPARATION =
            DocumentColumn.of("rollback_preparation.plan", VERSION, StoredPlan.class, StoredPlan::of, StoredPlan::plan);

    /** A stage. */
    record StoredTarget(
            String kind, String identity, Map<String, String> values, boolean routesTraffic, boolean optional) {
        private static StoredTarget of(Stage stage) {
            var target = stage.target();
            return new StoredTarget(
                    target.kind(), target.identity(), target.values(), stage.routesTraffic(), stage.optional());
        }

        private Stage stage() {
            return new Stage(new TargetSettings(kind, identity, values), routesTraffic, optional);
        }
    }

    /** What is asked of recovery; in milliseconds. */
    record StoredRecovery(boolean check, long within, WithoutProof withoutProof) {
        private static StoredRecovery of(Recovery recovery) {
            return new StoredRecovery(recovery.check(), recovery.within().toMillis(), recovery.withoutProof());
        }

        private Recovery recovery() {
            return new Recovery(check, Duration.ofMillis(within), withoutProof);
        }
    }

    /** How long it may take; in milliseconds. */
    record StoredLimits(long retryFor, long confirmFor, long confirmEvery, long trafficBackWithin) {
        private static StoredLimits of(Limits limits) {
            return new StoredLimits(
                    limits.retryFor().toMillis(),
                    limits.confirmFor().toMillis(),
                    limits.confirmEvery().toMillis(),
                    limits.trafficBackWithin().toMillis());
        }

        private Limits limits() {
            return new Limits(
                    Duration.ofMillis(retryFor),
                    Duration.ofMillis(confirmFor),
                    Duration.ofMillis(confirmEvery),
                    Duration.ofMillis(trafficBackWithin));
        }
    }

    private static StoredPlan of(Plan plan) {
        return new StoredPlan(
                plan.stages().stream().map(StoredTarget::of).toList(),
                StoredRecovery.of(plan.recovery()),
                StoredLimits.of(plan.limits()));
    }

    private Plan plan() {
        return new Plan(stages.stream().map(StoredTarget::stage).toList(), recovery.recovery(), limits.limits());
    }
}
