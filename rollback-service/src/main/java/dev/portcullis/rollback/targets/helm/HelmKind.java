package dev.portcullis.rollback.targets.helm;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.nio.file.Path;
import java.time.Duration;

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
        var release = ObjectName.read(section, "default", HelmSettings.RELEASE, service);
        checkWord(section, ObjectName.NAMESPACE, release.namespace());
        checkWord(section, HelmSettings.RELEASE, release.name());
        var program = program(section);
        var timeout = section.duration(HelmSettings.TIMEOUT, TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        var pendingFor = section.duration(HelmSettings.PENDING_FOR, PENDING_FOR, SHORTEST_TIMEOUT, LONGEST_PENDING);
        return release.settings(NAME, "helm release", HelmSettings.RELEASE)
                .with(HelmSettings.PROGRAM, program)
                .with(HelmSettings.TIMEOUT, timeout.toString())
                .with(HelmSettings.PENDING_FOR, pendingFor.toString());
    }

    /** What stands on helm's command line must not be taken for an option. */
    private static void checkWord(YamlMapping section, String key, String text) {
        if (!text.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            section.fault(key, section.path(key) + " is '" + text + "'; legal: lower-case letters, digits, - and .");
        }
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
