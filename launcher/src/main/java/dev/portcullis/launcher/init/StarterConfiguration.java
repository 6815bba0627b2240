package dev.portcullis.launcher.init;

import dev.portcullis.analysis.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
    /**
     * Where numbers can come from.
     *
     * @param name the kind of metric source in lower case, by which its template {@code source-<name>} is found
     * @param serviceLabel the label that usually names the service
     */
    public record Source(String name, String serviceLabel) {
        private static final String PART = "source-";

        /** Every kind of metric source that has a template. */
        public static List<Source> all() {
            return Wiring.sourceKinds(Wiring.DEFAULT_PROMETHEUS, Clock.systemUTC()).stream()
                    .map(kind -> new Source(kind.name().toLowerCase(Locale.ROOT), kind.serviceLabel()))
                    .filter(source -> isTemplate(PART + source.name))
                    .toList();
        }

        /** Whether its queries are those that presets and the common templates have; otherwise it has templates with queries of its own. */
        public boolean takesPresets() {
            return !isTemplate(own("objectives"));
        }

        /** A part of a file as it is for this source: its own template, or the common one. */
        private String part(String common) {
            var own = own(common);
            return isTemplate(own) ? own : common;
        }

        private String own(String common) {
            return common + "-" + name;
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
        var defined = Source.PART + source.name;
        return preset == null
                ? List.of(defined, source.part("objectives"), source.part("policy"), "rollback")
                : List.of(defined, "policy-preset", "rollback");
    }

    private static boolean isTemplate(String name) {
        return StarterConfiguration.class.getResource(resource(name)) != null;
    }

    private static String resource(String name) {
        return "/init/" + name + ".yaml";
    }

    private static String template(String name) {
        var resource = resource(name);
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
