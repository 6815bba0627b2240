package dev.portcullis.rollback.targets.nginx;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.ObjectSettings;

/** The reader of {@code target: nginx}. */
public final class NginxKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "nginx";

    static final String PREFIX = "annotationPrefix";

    private static final String USUAL_PREFIX = "nginx.ingress.kubernetes.io";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean routesTraffic() {
        return true;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        return ObjectSettings.read(NAME, section, "ingress")
                .with(PREFIX, ObjectSettings.optional(section, PREFIX, USUAL_PREFIX));
    }
}
