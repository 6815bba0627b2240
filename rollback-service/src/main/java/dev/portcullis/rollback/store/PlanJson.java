package dev.portcullis.rollback.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A plan as the JSON document kept in its rollback's row. Later versions must read what earlier ones wrote. */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    private record Document(List<Target> stages, Proof recovery, Milliseconds limits) {}

    private record Target(
            String kind, String identity, Map<String, String> values, boolean routesTraffic, boolean optional) {}

    private record Proof(boolean check, long within, WithoutProof withoutProof) {}

    private record Milliseconds(long retryFor, long confirmFor, long confirmEvery, long trafficBackWithin) {}

    static String write(Plan plan) {
        var document = new Document(
                plan.stages().stream().map(PlanJson::target).toList(), proof(plan.recovery()), limits(plan.limits()));
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that cannot be written as JSON", e);
        }
    }

    private static Target target(Stage stage) {
        var target = stage.target();
        return new Target(target.kind(), target.identity(), target.values(), stage.routesTraffic(), stage.optional());
    }

    private static Proof proof(Recovery recovery) {
        return new Proof(recovery.check(), recovery.within().toMillis(), recovery.withoutProof());
    }

    private static Milliseconds limits(Limits limits) {
        return new Milliseconds(
                limits.retryFor().toMillis(),
                limits.confirmFor().toMillis(),
                limits.confirmEvery().toMillis(),
                limits.trafficBackWithin().toMillis());
    }

    static Plan read(String text) {
        try {
            var document = JSON.readValue(text, Document.class);
            return new Plan(
                    document.stages().stream().map(PlanJson::stage).toList(),
                    recovery(document.recovery()),
                    limits(document.limits()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kept plan cannot be read; was it written by a later version?", e);
        }
    }

    private static Stage stage(Target target) {
        return new Stage(
                new TargetSettings(target.kind(), target.identity(), target.values()),
                target.routesTraffic(),
                target.optional());
    }

    private static Recovery recovery(Proof proof) {
        return new Recovery(proof.check(), Duration.ofMillis(proof.within()), proof.withoutProof());
    }

    private static Limits limits(Milliseconds limits) {
        return new Limits(
                Duration.ofMillis(limits.retryFor()),
                Duration.ofMillis(limits.confirmFor()),
                Duration.ofMillis(limits.confirmEvery()),
                Duration.ofMillis(limits.trafficBackWithin()));
    }
}
