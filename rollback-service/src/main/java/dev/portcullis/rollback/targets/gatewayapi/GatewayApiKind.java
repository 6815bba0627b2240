package dev.portcullis.rollback.targets.gatewayapi;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.ObjectSettings;
import java.util.List;

/** The reader of {@code target: gateway-api}. */
public final class GatewayApiKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "gateway-api";

    static final String API_VERSION = "apiVersion";
    static final String STABLE = "stableService";
    static final String CANARY = "canaryService";

    private static final List<String> VERSIONS = List.of("v1", "v1beta1");

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
        var stable = ObjectSettings.required(section, STABLE);
        var canary = ObjectSettings.required(section, CANARY);
        ObjectSettings.refuseSame(section, CANARY, stable, canary);
        return ObjectSettings.read(NAME, section, "httpRoute")
                .with(API_VERSION, section.choice(API_VERSION, "v1", VERSIONS))
                .with(STABLE, stable)
                .with(CANARY, canary);
    }
}
