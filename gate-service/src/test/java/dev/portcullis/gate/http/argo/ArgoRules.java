package dev.portcullis.gate.http.argo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the controller of Argo Rollouts v1.9.2 refuses of an AnalysisTemplate that a Rollout uses, in its own words: utils/analysis/factory.go (ValidateMetric),
 * utils/analysis/helpers.go (MergeArgs), utils/template (ResolveQuotedArgs) and pkg/apis/rollouts/validation/validation_references.go; each was seen on a real
 * one. For a metric without end or an argument without a value the Rollout is Degraded with InvalidSpec and gets no pod; a limit that cannot be is found at the
 * first measurement, which aborts the release.
 *
 * @param template the AnalysisTemplate
 * @param background whether the Rollout uses it in {@code strategy.canary.analysis} and not as a step
 * @param given the names of the arguments that the Rollout gives
 */
record ArgoRules(JsonNode template, boolean background, Set<String> given) {
    private static final Pattern DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+");
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^}]*?)\\s*}}");
    private static final List<String> LIMITS =
            List.of("count", "failureLimit", "inconclusiveLimit", "consecutiveSuccessLimit", "consecutiveErrorLimit");

    List<String> faults() {
        List<String> faults = new ArrayList<>(arguments());
        var metrics = template.at("/spec/metrics");
        if (metrics.isEmpty()) {
            faults.add("no metrics specified");
        }
        Set<String> names = new HashSet<>();
        for (var metric : metrics) {
            var name = metric.path("name").asText();
            if (!names.add(name)) {
                faults.add("duplicate name '" + name + "'");
            }
            faults.addAll(types(metric));
            faults.addAll(limits(metric));
            provider(metric).ifPresent(faults::add);
            unresolved(metric).forEach(tag -> faults.add("failed to resolve {{" + tag + "}}"));
        }
        return faults;
    }

    private List<String> arguments() {
        List<String> faults = new ArrayList<>();
        for (var argument : template.at("/spec/args")) {
            var name = argument.path("name").asText();
            if (argument.has("value") && argument.has("valueFrom")) {
                faults.add("arg '" + name + "' has both Value and ValueFrom fields");
            }
            if (!argument.has("value") && !argument.has("valueFrom") && !given.contains(name)) {
                faults.add("args." + name + " was not resolved");
            }
        }
        // The controller passes over what no template asks for, which may be a typo of what one has a default for.
        var declared = declared();
        given.stream()
                .filter(name -> !declared.contains(name))
                .sorted()
                .forEach(name -> faults.add("no template has an argument " + name));
        return faults;
    }

    private Set<String> declared() {
        Set<String> names = new TreeSet<>();
        template.at("/spec/args")
                .forEach(argument -> names.add(argument.path("name").asText()));
        return names;
    }

    private Set<String> unresolved(JsonNode metric) {
        Set<String> tags = new TreeSet<>();
        REFERENCE.matcher(metric.toString()).results().forEach(found -> tags.add(found.group(1)));
        declared().forEach(name -> tags.remove("args." + name));
        return tags;
    }

    /** As the schema of the CRD has them: int-or-string; a text that is no number counts as 0 in the controller, so it is refused here. */
    private static List<String> types(JsonNode metric) {
        return LIMITS.stream()
                .filter(limit -> metric.has(limit) && !metric.path(limit).isInt())
                .map(limit -> limit + " is no whole number: " + metric.path(limit))
                .toList();
    }

    private List<String> limits(JsonNode metric) {
        List<String> faults = new ArrayList<>();
        int count = metric.path("count").asInt(0);
        int failures = metric.path("failureLimit").asInt(0);
        int successes = metric.path("consecutiveSuccessLimit").asInt(0);
        int inconclusive = metric.path("inconclusiveLimit").asInt(0);
        var interval = metric.path("interval").asText("");
        refuse(faults, successes < 0, "consecutiveSuccessLimit must be >= 0");
        refuse(faults, failures < -1, "failureLimit must be >= 0, or -1 to be disabled");
        refuse(
                faults,
                successes == 0 && failures == -1,
                "failureLimit and consecutiveSuccessLimit cannot both be disabled");
        refuse(faults, inconclusive < 0, "inconclusiveLimit must be >= 0");
        refuse(faults, metric.path("consecutiveErrorLimit").asInt(0) < 0, "consecutiveErrorLimit must be >= 0");
        refuse(
                faults,
                count > 0 && count < Math.max(failures, 0) + successes,
                "count must be >= failureLimit + consecutiveSuccessLimit");
        refuse(faults, count > 0 && count < inconclusive, "count must be >= inconclusiveLimit");
        refuse(faults, count > 1 && interval.isEmpty(), "interval must be specified when count > 1");
        refuse(
                faults,
                !interval.isEmpty() && !DURATION.matcher(interval).matches(),
                "invalid interval string: " + interval);
        refuse(faults, !background && count <= 0 && !interval.isEmpty(), "runs indefinitely. Invalid value for count");
        return faults;
    }

    private static void refuse(List<String> faults, boolean refused, String fault) {
        if (refused) {
            faults.add(fault);
        }
    }

    private static Optional<String> provider(JsonNode metric) {
        return switch (metric.path("provider").size()) {
            case 0 -> Optional.of("no provider specified");
            case 1 -> Optional.empty();
            default -> Optional.of("multiple providers specified");
        };
    }
}
