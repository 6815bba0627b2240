package dev.portcullis.launcher.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import java.util.Optional;

/** What Kubernetes makes of an object when it is asked to refuse unknown fields, by fabric8's model of its version. */
final class StrictModel {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new WithoutOtherFields())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private static final KubernetesSerialization KINDS = new KubernetesSerialization();
    private static final Map<String, Class<?>> EXTENSIONS = Map.of(
            "cert-manager.io/v1/Certificate", Certificate.class,
            "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class,
            "networking.istio.io/v1/VirtualService", VirtualService.class,
            "networking.istio.io/v1/DestinationRule", DestinationRule.class);

    private StrictModel() {}

    /** The model keeps fields that it does not know in a map; without that map they are faults. */
    private static final class WithoutOtherFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** The class of a kind; absent where no model has it. */
    static Optional<Class<?>> of(String apiVersion, String kind) {
        var extension = EXTENSIONS.get(apiVersion + "/" + kind);
        return extension == null
                ? Optional.ofNullable(KINDS.getRegisteredKubernetesResource(apiVersion, kind))
                : Optional.of(extension);
    }

    /** What is wrong with an object; empty when nothing is. Fails when no model has its kind. */
    static Optional<String> fault(JsonNode object) {
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        var model = of(apiVersion, kind)
                .orElseThrow(() -> new AssertionError("no model has " + kind + " of " + apiVersion));
        try {
            STRICT.treeToValue(object, model);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(kind + " " + object.at("/metadata/name").asText() + ": " + e.getOriginalMessage());
        }
    }
}
