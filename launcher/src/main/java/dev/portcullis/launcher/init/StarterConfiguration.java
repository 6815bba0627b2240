package dev.portcullis.launcher.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration to start from: a service, where its numbers come from, its SLOs and its policy, with comments on what to change.
 *
 * @param service its name; letters, digits, dots, underscores and hyphens
 * @param source where the numbers come from
 * @param preset whose SLOs the policy takes; null: SLOs are written out
 */
public record StarterConfiguration(
        String service, Source source, @Nullable String preset) {
    /** Where numbers can come from. */
    public enum Source {
        /** A Prometheus, or what speaks its query API. */
        prometheus("service"),
        /** The pods' own pages. */
        scrape("service"),
        /** Counters that are sent in. */
        otlp("service_name"),
        /** Datadog's query API. */
        datadog("service");

        private final String serviceLabel;

        Source(String serviceLabel) {
            this.serviceLabel = serviceLabel;
        }

        /** Whether its queries are those that presets have. */
        public boolean takesPresets() {
            return this != datadog;
        }
    }

    /** The name of the file. */
    public String fileName() {
        return service + ".yaml";
    }

    /** The text of the file. */
    public String text() {
        return parts().stream()
                .map(StarterConfiguration::template)
                .collect(Collectors.joining())
                .replace("${service}", service)
                .replace("${serviceLabel}", source.serviceLabel)
                .replace("${preset}", preset == null ? "" : preset);
    }

    private List<String> parts() {
        String defined = "source-" + source;
        if (preset != null) {
            return List.of(defined, "policy-preset", "rollback");
        }
        return source == Source.datadog
                ? List.of(defined, "objectives-datadog", "policy-datadog", "rollback")
                : List.of(defined, "objectives", "policy", "rollback");
    }

    private static String template(String name) {
        String resource = "/init/" + name + ".yaml";
        try (InputStream text = StarterConfiguration.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
