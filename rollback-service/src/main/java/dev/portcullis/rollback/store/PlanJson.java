package dev.portcullis.rollback.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.util.Map;

/** A plan as the JSON document kept in its rollback's row. Later versions must read what earlier ones wrote. */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    private record Document(Target target, Milliseconds limits) {}

    private record Target(String kind, Map<String, String> values) {}

    private record Milliseconds(long retryFor, long verifyFor, long verifyEvery) {}

    static String write(Plan plan) {
        var limits = plan.limits();
        var document = new Document(
                new Target(plan.target().kind(), plan.target().values()),
                new Milliseconds(
                        limits.retryFor().toMillis(),
                        limits.verifyFor().toMillis(),
                        limits.verifyEvery().toMillis()));
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that cannot be written as JSON", e);
        }
    }

    static Plan read(String text) {
        try {
            var document = JSON.readValue(text, Document.class);
            var limits = document.limits();
            return new Plan(
                    new TargetSettings(
                            document.target().kind(), document.target().values()),
                    new Limits(
                            Duration.ofMillis(limits.retryFor()),
                            Duration.ofMillis(limits.verifyFor()),
                            Duration.ofMillis(limits.verifyEvery())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kept plan cannot be read; was it written by a later version?", e);
        }
    }
}
