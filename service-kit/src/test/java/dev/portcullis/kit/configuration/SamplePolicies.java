package dev.portcullis.kit.configuration;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A reader like those of the services: it judges every section of a policy and answers with the services' names. */
final class SamplePolicies {
    private SamplePolicies() {}

    static String services(List<ConfigurationDocument> documents, Faults faults) {
        return ReleasePolicyDocument.all(documents, faults).stream()
                .map(SamplePolicies::judged)
                .collect(Collectors.joining(","));
    }

    private static String judged(ReleasePolicyDocument policy) {
        policy.objectives().forEach(objective -> objective.text("slo"));
        policy.analysis().ifPresent(SamplePolicies::judgeAnalysis);
        policy.gate().ifPresent(gate -> gate.choice("undecided", List.of("hold", "abort", "promote-without-proof")));
        policy.rollback().ifPresent(rollback -> {
            rollback.texts("urls");
            rollback.textMap("headers");
        });
        return policy.service();
    }

    private static void judgeAnalysis(YamlMapping analysis) {
        analysis.duration("poll", Duration.ofSeconds(1), Duration.ofHours(1));
        analysis.number("alpha", 0, false, 1, false);
        analysis.wholeNumber("minWindows", 1, 1000);
        analysis.flag("verbose");
        analysis.leaveAlone("bake", "deadline");
        analysis.rejectUnknown();
    }
}
