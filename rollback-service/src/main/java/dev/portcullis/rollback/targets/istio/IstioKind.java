package dev.portcullis.rollback.targets.istio;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.ObjectSettings;
import java.util.List;

/** The reader of {@code target: istio}. */
public final class IstioKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "istio";

    /** Every Istio since 1.5 serves it, with the same fields as its later name, v1. */
    private static final String USUAL_VERSION = "v1beta1";

    private static final List<String> VERSIONS = List.of("v1", "v1beta1", "v1alpha3");

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
        var settings = ObjectSettings.read(NAME, section, "virtualService")
                .with(
                        DestinationVersions.API_VERSION,
                        section.choice(DestinationVersions.API_VERSION, USUAL_VERSION, VERSIONS));
        section.describe(DestinationVersions.ROUTES, "all", "names of routes under http");
        var routes = section.texts(DestinationVersions.ROUTES);
        var limited =
                routes.isEmpty() ? settings : settings.with(DestinationVersions.ROUTES, String.join("\n", routes));
        return versions(section, limited);
    }

    private static TargetSettings versions(YamlMapping section, TargetSettings settings) {
        var stable = ObjectSettings.optional(section, DestinationVersions.STABLE_SUBSET, "stable");
        var canary = ObjectSettings.optional(section, DestinationVersions.CANARY_SUBSET, "canary");
        var host = ObjectSettings.optional(section, DestinationVersions.HOST);
        var stableHost = ObjectSettings.optional(section, DestinationVersions.STABLE_HOST);
        var canaryHost = ObjectSettings.optional(section, DestinationVersions.CANARY_HOST);
        if (stableHost.isPresent() || canaryHost.isPresent()) {
            refuseMixture(section);
            ObjectSettings.refuseSame(
                    section, DestinationVersions.CANARY_HOST, stableHost.orElse(""), canaryHost.orElse(""));
            return settings.with(DestinationVersions.STABLE_HOST, stableHost.orElse(""))
                    .with(DestinationVersions.CANARY_HOST, canaryHost.orElse(""));
        }
        ObjectSettings.refuseSame(section, DestinationVersions.CANARY_SUBSET, stable, canary);
        var bySubset = settings.with(DestinationVersions.STABLE_SUBSET, stable)
                .with(DestinationVersions.CANARY_SUBSET, canary);
        return host.map(name -> bySubset.with(DestinationVersions.HOST, name)).orElse(bySubset);
    }

    private static void refuseMixture(YamlMapping section) {
        for (var key : List.of(DestinationVersions.STABLE_HOST, DestinationVersions.CANARY_HOST)) {
            if (!section.has(key)) {
                section.fault(key, section.path(key) + " is missing; legal: both hosts, or none");
            }
        }
        for (var key : List.of(
                DestinationVersions.STABLE_SUBSET, DestinationVersions.CANARY_SUBSET, DestinationVersions.HOST)) {
            if (section.has(key)) {
                section.fault(
                        key,
                        section.path(key) + " stands beside stableHost and canaryHost; legal: versions told apart by"
                                + " host, or by subset");
            }
        }
    }
}
