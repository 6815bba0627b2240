package dev.portcullis.analysis.configuration.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The systems whose metrics are known, each with a template of its name. */
public enum Preset {
    ENVOY,
    ISTIO,
    LINKERD,
    NGINX_INGRESS,
    OPENTELEMETRY_GRPC,
    OPENTELEMETRY_GRPC_LEGACY,
    OPENTELEMETRY_HTTP,
    SPRING_BOOT,
    /** Of its four boundaries 1.2 s is the first that a service with a usual tail keeps. */
    TRAEFIK(Duration.ofMillis(1200));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-zA-Z.]+)}");

    private final Duration latency;

    Preset() {
        this(Duration.ofMillis(500));
    }

    Preset(Duration latency) {
        this.latency = latency;
    }

    /** All names, in alphabetical order. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Preset::word).toList();
    }

    static Optional<Preset> named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.word().equals(name))
                .findFirst();
    }

    /** Its name in a policy, e.g. "nginx-ingress". */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The slowest good latency when the policy says nothing. */
    Duration latency() {
        return latency;
    }

    /** The template's text, with placeholders such as <code>${service}</code>. */
    String template() {
        String resource = "/presets/" + word() + ".yaml";
        try (InputStream text = Preset.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** The names of all placeholders. */
    Set<String> placeholders() {
        Set<String> names = new TreeSet<>();
        placeholders(template()).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** Finds the placeholders of a template; group 1 is the name. */
    static Matcher placeholders(String template) {
        return PLACEHOLDER.matcher(template);
    }
}
