package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings.Access;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reader of the documents of kind Cluster. Stateless. */
public final class ClusterDocuments {
    private static final String KIND = "Cluster";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    private ClusterDocuments() {}

    /**
     * The clusters by name; a target may also name "default" when no document of that name is there.
     *
     * @param faults hears of everything that is not legal; the answer is of no use then
     */
    public static Map<String, ClusterSettings> parse(List<ConfigurationDocument> documents, Faults faults) {
        Map<String, ClusterSettings> clusters = new TreeMap<>();
        for (var document : documents) {
            if (document.kind().equals(KIND)) {
                clusters.put(document.name(), read(document.name(), document.spec(), faults));
            }
        }
        return Collections.unmodifiableMap(clusters);
    }

    private static ClusterSettings read(String name, YamlMapping spec, Faults faults) {
        spec.describe("kubeconfig", "", "an absolute path");
        spec.describe("context", "the file's current context", "");
        var file = spec.optionalText("kubeconfig");
        var context = spec.optionalText("context");
        var inCluster = spec.flag("inCluster", false);
        var timeout = spec.duration("timeout", ClusterSettings.USUAL_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        spec.rejectUnknown();
        if (file.isPresent() == inCluster) {
            var fault = inCluster ? "has kubeconfig beside inCluster: true" : "says not how the cluster is reached";
            faults.add(spec, "spec " + fault + "; legal: kubeconfig, or inCluster: true");
        } else if (inCluster && context.isPresent()) {
            spec.fault("context", "spec.context is of a kubeconfig; legal: no context beside inCluster: true");
        }
        return new ClusterSettings(name, access(spec, file, context), timeout);
    }

    private static Access access(YamlMapping spec, Optional<String> file, Optional<String> context) {
        if (file.isEmpty()) {
            return new Access.InCluster();
        }
        var path = absolute(file.get());
        if (path.isEmpty()) {
            spec.fault("kubeconfig", "spec.kubeconfig is '" + file.get() + "'; legal: an absolute path");
        }
        return new Access.Kubeconfig(path.orElse(Path.of("/")), context);
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
