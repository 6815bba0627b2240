package dev.portcullis.rollback.targets.helm;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The reader of {@code target: helm}. */
public final class HelmKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "helm";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration PENDING_FOR = Duration.ofMinutes(5);
    private static final Duration LONGEST_PENDING = Duration.ofDays(1);
    private static final String PROGRAM = "a program's name on the PATH, or an absolute path";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        Map<String, String> values = new TreeMap<>();
        section.describe(HelmSettings.RELEASE, "the service's name", "");
        var cluster = section.text(HelmSettings.CLUSTER, ClusterSettings.DEFAULT);
        var namespace = section.text(HelmSettings.NAMESPACE, "default");
        var release = section.optionalText(HelmSettings.RELEASE).orElse(service);
        values.put(HelmSettings.CLUSTER, cluster);
        values.put(HelmSettings.NAMESPACE, word(section, HelmSettings.NAMESPACE, namespace));
        values.put(HelmSettings.RELEASE, word(section, HelmSettings.RELEASE, release));
        values.put(HelmSettings.PROGRAM, program(section));
        values.put(
                HelmSettings.TIMEOUT,
                section.duration(HelmSettings.TIMEOUT, TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT)
                        .toString());
        values.put(
                HelmSettings.PENDING_FOR,
                section.duration(HelmSettings.PENDING_FOR, PENDING_FOR, SHORTEST_TIMEOUT, LONGEST_PENDING)
                        .toString());
        return new TargetSettings(NAME, "helm release " + cluster + "/" + namespace + "/" + release, values);
    }

    /** What stands on helm's command line must not be taken for an option. */
    private static String word(YamlMapping section, String key, String text) {
        if (!text.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            section.fault(key, section.path(key) + " is '" + text + "'; legal: lower-case letters, digits, - and .");
        }
        return text;
    }

    private static String program(YamlMapping section) {
        section.describe(HelmSettings.PROGRAM, "", PROGRAM);
        var program = section.text(HelmSettings.PROGRAM, "helm");
        var legal = program.contains("/") ? program.startsWith("/") && !program.contains("\0") : !program.isBlank();
        if (!legal) {
            section.fault(
                    HelmSettings.PROGRAM,
                    section.path(HelmSettings.PROGRAM) + " is '" + program + "'; legal: " + PROGRAM);
        }
        return legal && program.startsWith("/") ? Path.of(program).normalize().toString() : program;
    }
}
