package dev.portcullis.kit.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ReleasePolicy cut into the sections the services own; each service judges its own section and leaves the others alone.
 *
 * @param service the service the policy is for; no other policy is for the same one
 * @param arms how canary and stable are told apart (analysis-service)
 * @param objectives the SLOs a release is judged by (analysis-service)
 * @param analysis how long and how surely to measure (analysis-service)
 * @param gate rules and decisions (gate-service)
 * @param rollback the way back (rollback-service)
 */
public record ReleasePolicyDocument(
        ConfigurationDocument document,
        String service,
        Optional<YamlMapping> arms,
        List<YamlMapping> objectives,
        Optional<YamlMapping> analysis,
        Optional<YamlMapping> gate,
        Optional<YamlMapping> rollback) {
    private static final String KIND = "ReleasePolicy";

    /** The policies among the documents, in their order; of two for one service the second is a fault and left out. */
    public static List<ReleasePolicyDocument> all(List<ConfigurationDocument> documents, Faults faults) {
        Map<String, YamlMapping> specs = new HashMap<>();
        List<ReleasePolicyDocument> policies = new ArrayList<>();
        for (ConfigurationDocument document : documents) {
            if (!document.kind().equals(KIND)) {
                continue;
            }
            ReleasePolicyDocument policy = of(document);
            YamlMapping first = specs.putIfAbsent(policy.service, document.spec());
            if (first == null) {
                policies.add(policy);
            } else if (!policy.service.isEmpty()) {
                faults.add(secondPolicy(policy, first));
            }
        }
        return List.copyOf(policies);
    }

    private static ReleasePolicyDocument of(ConfigurationDocument document) {
        YamlMapping spec = document.spec();
        ReleasePolicyDocument policy = new ReleasePolicyDocument(
                document,
                spec.text("service"),
                spec.mapping("arms"),
                spec.mappings("objectives"),
                spec.mapping("analysis"),
                spec.mapping("gate"),
                spec.mapping("rollback"));
        // A word or a mapping: only analysis-service, whose it is, can tell.
        spec.leaveAlone("preset");
        spec.rejectUnknown();
        return policy;
    }

    private static Fault secondPolicy(ReleasePolicyDocument policy, YamlMapping first) {
        YamlMapping spec = policy.document.spec();
        String place = first.file() + ":" + first.line("service");
        String message = "service '" + policy.service + "' already has a ReleasePolicy in " + place;
        return new Fault(spec.file(), spec.line("service"), message + "; keep one");
    }
}
