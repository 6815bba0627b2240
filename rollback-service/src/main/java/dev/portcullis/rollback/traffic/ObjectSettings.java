package dev.portcullis.rollback.traffic;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which object of which cluster a target acts on.
 *
 * @param cluster one of the configured clusters
 * @param uid the object's, once a rollback was prepared: another one of that name is not meant
 */
public record ObjectSettings(String cluster, String namespace, String name, Optional<String> uid) {
    private static final String CLUSTER = "cluster";
    private static final String NAMESPACE = "namespace";
    private static final String NAME = "name";
    static final String UID = "uid";

    private static final String USUAL_CLUSTER = "default";
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String LEGAL_TEXT = "a name of Kubernetes: letters a to z, digits, - and .";

    /**
     * Reads the keys of a target.
     *
     * @param nameKey the key that holds the object's name
     * @return the settings to which a kind adds its own
     */
    public static TargetSettings read(String kind, YamlMapping section, String nameKey) {
        Map<String, String> values = new TreeMap<>();
        values.put(CLUSTER, section.text(CLUSTER, USUAL_CLUSTER));
        values.put(NAMESPACE, required(section, NAMESPACE));
        values.put(NAME, required(section, nameKey));
        var identity = kind + " " + values.get(CLUSTER) + "/" + values.get(NAMESPACE) + "/" + values.get(NAME);
        return new TargetSettings(kind, identity, values);
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

    private static String legal(YamlMapping section, String key, String text) {
        if (!text.isEmpty() && !LEGAL.matcher(text).matches()) {
            section.fault(key, section.path(key) + " is '" + text + "'; legal: " + LEGAL_TEXT);
        }
        return text;
    }

    /** The settings as they were read, perhaps some versions ago. */
    public static ObjectSettings of(TargetSettings settings) {
        return new ObjectSettings(
                settings.required(CLUSTER),
                settings.required(NAMESPACE),
                settings.required(NAME),
                Optional.ofNullable(settings.values().get(UID)));
    }

    /** "shop/checkout". */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
