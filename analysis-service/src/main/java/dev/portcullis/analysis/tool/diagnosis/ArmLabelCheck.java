package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.kit.text.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether the label that is to tell canary from stable does. */
final class ArmLabelCheck {
    /** Kubernetes writes hashes with these letters only, so that they form no words. */
    private static final Predicate<String> HASH =
            Pattern.compile("[bcdfghjklmnpqrstvwxz2456789]{5,10}").asMatchPredicate();

    private static final Pattern TELLING_NAME = Pattern.compile(".*(hash|version|revision|track|variant).*");
    private static final String DEFAULT = "rollouts_pod_template_hash";
    private static final int MANY = 3;

    private ArmLabelCheck() {}

    /** What is wrong with it in the series of a query; empty when nothing is. */
    static Optional<Finding> check(Query query, String label, List<Sample> samples) {
        SortedSet<String> values = LabelValues.values(samples, label);
        if (values.isEmpty()) {
            return Optional.of(missing(query, label, samples));
        }
        long without = LabelValues.without(samples, label);
        if (without > 0) {
            return Optional.of(query.finding(
                    FindingKind.ARM_LABEL_INCOMPLETE,
                    without + " of " + NumberText.counted(samples.size(), "series", "series") + " have no label '"
                            + label + "': what they count belongs to no release",
                    "exclude them by a condition, or give them the label: " + relabelling(label)));
        }
        long pods = samples.stream().map(LabelValues::pod).distinct().count();
        return pods >= MANY && values.size() == pods ? Optional.of(perPod(query, label, values)) : Optional.empty();
    }

    /** The same of good or bad requests that are a metric of their own, beside a total that has the label: of the total's metric they are among its series. */
    static Optional<Finding> checkPart(QueryInspection part, QueryInspection total, String label) {
        boolean told = !LabelValues.values(total.samples(), label).isEmpty();
        return told && !part.query().metric().equals(total.query().metric())
                ? check(part.query(), label, part.samples())
                : Optional.empty();
    }

    private static Finding missing(Query query, String label, List<Sample> samples) {
        SortedSet<String> names = LabelValues.names(samples);
        List<String> candidates = names.stream()
                .filter(name -> couldBe(name, LabelValues.values(samples, name)))
                .toList();
        String instead = candidates.isEmpty() ? "" : "; or name another in spec.arms.label: " + ListText.of(candidates);
        return query.finding(
                FindingKind.ARM_LABEL_MISSING,
                "no series of " + query.metric() + " has the label '" + label
                        + "', which is to tell canary from stable; their labels are: " + ListText.of(names),
                relabelling(label) + instead);
    }

    private static boolean couldBe(String name, SortedSet<String> values) {
        return TELLING_NAME.matcher(name).matches() || values.stream().allMatch(HASH);
    }

    private static String relabelling(String label) {
        String ofPod = label.equals(DEFAULT) ? "rollouts-pod-template-hash" : label;
        return "copy the pod's label " + ofPod + " into its series, with podTargetLabels: [" + ofPod
                + "] in a ServiceMonitor or PodMonitor, or in a scrape configuration with relabel_configs:"
                + " [{source_labels: [__meta_kubernetes_pod_label_" + label.replace('-', '_') + "], target_label: "
                + label + "}]";
    }

    private static Finding perPod(Query query, String label, SortedSet<String> values) {
        return query.finding(
                FindingKind.ARM_LABEL_PER_POD,
                "the label '" + label + "' has a different value for each of " + values.size()
                        + " pods, so it names pods, not versions: " + ListText.of(values),
                "name in spec.arms.label one that all pods of a version share, such as " + DEFAULT);
    }
}
