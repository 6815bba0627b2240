package dev.portcullis.rollback.workload;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.regex.Pattern;

/**
 * Which workload a target acts on.
 *
 * @param cluster the name of a cluster
 * @param namespace where it is
 * @param name what it is called
 * @param revisionLabel the label of its pods whose value names revisions in orders
 */
public record WorkloadSettings(String cluster, String namespace, String name, String revisionLabel) {
    private static final String NAME = "name";
    private static final String REVISION_LABEL = "revisionLabel";
    private static final Pattern LEGAL_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String NAME_TEXT = "a name of Kubernetes: a to z, 0 to 9, - and .";
    private static final Pattern LEGAL_LABEL =
            Pattern.compile("([a-z0-9][-a-z0-9.]{0,252}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final String LABEL_TEXT = "the key of a label";

    /**
     * Reads the keys of a target.
     *
     * @param kind the kind of target
     * @param service whose target it is; the workload is called like it when no name is given
     * @param nameKey the key that holds the workload's name
     * @param usualLabel what holds when no label is given
     */
    public static TargetSettings read(
            String kind, String service, YamlMapping section, String nameKey, String usualLabel) {
        var cluster = section.text(ObjectName.CLUSTER, ClusterSettings.DEFAULT);
        section.describe(ObjectName.NAMESPACE, KeyDescription.REQUIRED, NAME_TEXT);
        var namespace = legal(section, ObjectName.NAMESPACE, section.text(ObjectName.NAMESPACE), LEGAL_NAME, NAME_TEXT);
        section.describe(nameKey, "the service's name", NAME_TEXT);
        var name = legal(section, nameKey, section.text(nameKey, service), LEGAL_NAME, NAME_TEXT);
        section.describe(REVISION_LABEL, usualLabel, LABEL_TEXT);
        var label = legal(section, REVISION_LABEL, section.text(REVISION_LABEL, usualLabel), LEGAL_LABEL, LABEL_TEXT);
        return new ObjectName(cluster, namespace, name)
                .settings(kind, kind, NAME)
                .with(REVISION_LABEL, label);
    }

    private static String legal(YamlMapping section, String key, String text, Pattern pattern, String told) {
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            section.fault(key, section.path(key) + " is '" + text + "'; legal: " + told);
        }
        return text;
    }

    /** The settings as they were read, perhaps some versions ago. */
    public static WorkloadSettings of(TargetSettings settings) {
        return new WorkloadSettings(
                settings.required(ObjectName.CLUSTER),
                settings.required(ObjectName.NAMESPACE),
                settings.required(NAME),
                settings.required(REVISION_LABEL));
    }

    /** What a command line for people has behind it when it is not for the usual cluster. */
    public String commandComment() {
        return cluster.equals(ClusterSettings.DEFAULT) ? "" : " # in cluster " + cluster;
    }

    /** "shop/checkout". */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
