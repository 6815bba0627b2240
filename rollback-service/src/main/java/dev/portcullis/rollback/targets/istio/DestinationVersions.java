package dev.portcullis.rollback.targets.istio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.Destination.Role;
import java.util.Map;
import java.util.Optional;

/** Which destinations of a VirtualService are the stable version, and which the canary. */
sealed interface DestinationVersions {
    String API_VERSION = "apiVersion";
    String ROUTES = "routes";
    String STABLE_SUBSET = "stableSubset";
    String CANARY_SUBSET = "canarySubset";
    String HOST = "host";
    String STABLE_HOST = "stableHost";
    String CANARY_HOST = "canaryHost";

    /** @param destination as it stands in a route, or in a mirror */
    Role role(JsonNode destination);

    /** A destination for people. */
    String name(JsonNode destination);

    /** The settings as {@link IstioKind} wrote them, perhaps some versions ago. */
    static DestinationVersions of(TargetSettings settings, Hosts hosts) {
        Map<String, String> values = settings.values();
        return values.containsKey(STABLE_HOST)
                ? new ByHost(settings.required(STABLE_HOST), settings.required(CANARY_HOST), hosts)
                : new BySubset(
                        settings.required(STABLE_SUBSET),
                        settings.required(CANARY_SUBSET),
                        Optional.ofNullable(values.get(HOST)),
                        hosts);
    }

    /** Each version has a Service of its own. */
    record ByHost(String stable, String canary, Hosts hosts) implements DestinationVersions {
        @Override
        public Role role(JsonNode destination) {
            var host = destination.path("host").asText();
            if (hosts.same(host, stable)) {
                return Role.STABLE;
            }
            return hosts.same(host, canary) ? Role.CANARY : Role.OTHER;
        }

        @Override
        public String name(JsonNode destination) {
            return destination.path("host").asText();
        }
    }

    /**
     * The versions are subsets of one host's pods, as a DestinationRule names them.
     *
     * @param host the only one that counts; empty for all
     */
    record BySubset(String stable, String canary, Optional<String> host, Hosts hosts) implements DestinationVersions {
        @Override
        public Role role(JsonNode destination) {
            var subset = destination.path("subset").asText();
            if (host.isPresent()
                    && !hosts.same(host.get(), destination.path("host").asText())) {
                return Role.OTHER;
            }
            if (subset.equals(stable)) {
                return Role.STABLE;
            }
            return subset.equals(canary) ? Role.CANARY : Role.OTHER;
        }

        /** Names of subsets are enough for those that count. */
        @Override
        public String name(JsonNode destination) {
            var subset = destination.path("subset").asText();
            if (role(destination) != Role.OTHER) {
                return subset;
            }
            return destination.path("host").asText() + (subset.isEmpty() ? "" : "/" + subset);
        }
    }
}
