package dev.portcullis.rollback.traffic;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which object of which cluster a target acts on.
 *
 * @param cluster one of the configured clusters
 * @param uid the object's, once a rollback was prepared: another one of that name is not meant
 */
public record ObjectSettings(String cluster, String namespace, String name, Optional<String> uid) {
    private static final String NAME = "name";
    static final String UID = "uid";

    private static final Pattern LEGAL = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String LEGAL_TEXT = "a name of Kubernetes: letters a to z, digits, - and .";

    /**
     * Reads the keys of a target.
     *
     * @param nameKey the key that holds the object's name
     * @return the settings to which a kind adds its own
     */
    public static TargetSettings read(String kind, YamlMapping section, String nameKey) {
        var cluster = section.text(ObjectName.CLUSTER, ClusterSettings.DEFAULT);
        var namespace = required(section, ObjectName.NAMESPACE);
        return new ObjectName(cluster, namespace, required(section, nameKey)).settings(kind, kind, NAME);
    }

    /** The name of an object; a fault when there is none, or none Kubernetes would take. */
    public static String required(YamlMapping section, String key) {
        section.describe(key, KeyDescription.REQUIRED, LEGAL_TEXT);
        return legal(section, key, section.text(key));
    }

    /** The same with the name that holds when the key is missing. */
    public static String optional(YamlMapping section, String key, String usual) {
        section.describe(key, usual, LEGAL_TEXT);
        return legal(section, key, section.text(key, usual));
    }

    /** The same of a key that may be missing. */
    public static Optional<String> optional(YamlMapping section, String key) {
        section.describe(key, "", LEGAL_TEXT);
        return section.optionalText(key).map(text -> legal(section, key, text));
    }

    /** Records that the canary's object is the stable version's. */
    public static void refuseSame(YamlMapping section, String canaryKey, String stable, String canary) {
        if (!canary.isEmpty() && stable.equals(canary)) {
            section.fault(
                    canaryKey, section.path(canaryKey) + " is '" + canary + "', as the stable one; legal: another");
        }
    }

    private static String legal(YamlMapping section, String key, String text) {
        if (!text.isEmpty() && !LEGAL.matcher(text).matches()) {
            section.fault(key, section.path(key) + " is '" + text + "'; legal: " + LEGAL_TEXT);
        }
        return text;
    }

    /** The settings as they were read, perhaps some versions ago. */
    public static ObjectSettings of(TargetSettings settings) {
        return new ObjectSettings(
                settings.required(ObjectName.CLUSTER),
                settings.required(ObjectName.NAMESPACE),
                settings.required(NAME),
                Optional.ofNullable(settings.values().get(UID)));
    }

    /** "shop/checkout". */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
