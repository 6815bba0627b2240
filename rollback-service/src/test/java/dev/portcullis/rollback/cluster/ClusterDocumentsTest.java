package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.cluster.ClusterSettings.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterDocumentsTest {
    private static final String HEAD = "apiVersion: portcullis.dev/v1\nkind: Cluster\nmetadata: {name: prod}\nspec: ";

    private final Faults faults = new Faults();

    private Map<String, ClusterSettings> parse(String text) {
        return ClusterDocuments.parse(ConfigurationDocument.ofText("clusters.yaml", text, faults), faults);
    }

    @Test
    void aClusterIsReachedByAKubeconfigOrByTheAccountOfThePod() {
        var clusters = parse(HEAD + "{kubeconfig: /etc/kube/prod, context: blue, timeout: 2s}\n---\n"
                + HEAD.replace("prod", "here") + "{inCluster: true}\n---\n"
                + HEAD.replace("prod", "test") + "{kubeconfig: /etc/kube/test, inCluster: false}");
        assertEquals(List.of(), faults.list());
        assertEquals(Set.of("prod", "here", "test"), clusters.keySet());
        var blue = new Access.Kubeconfig(Path.of("/etc/kube/prod"), Optional.of("blue"));
        assertEquals(new ClusterSettings("prod", blue, Duration.ofSeconds(2)), clusters.get("prod"));
        assertEquals(new ClusterSettings("here", new Access.InCluster(), Duration.ofSeconds(5)), clusters.get("here"));
        var current = new Access.Kubeconfig(Path.of("/etc/kube/test"), Optional.empty());
        assertEquals(new ClusterSettings("test", current, Duration.ofSeconds(5)), clusters.get("test"));
    }

    @Test
    void documentsOfOtherKindsAreLeftAlone() {
        var clusters = parse("apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: a}\nspec: {x: 1}");
        assertEquals(Map.of(), clusters);
        assertEquals(List.of(), faults.list());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | spec says not how the cluster is reached; legal: kubeconfig, or inCluster: true",
                "{context: blue} | spec says not how the cluster is reached; legal: kubeconfig, or inCluster: true",
                "{inCluster: true, kubeconfig: /k} | spec has kubeconfig beside inCluster: true; legal: kubeconfig, or inCluster: true",
                "{inCluster: true, context: blue} | spec.context is of a kubeconfig; legal: no context beside inCluster: true",
                "{kubeconfig: kube/config} | spec.kubeconfig is 'kube/config'; legal: an absolute path",
                "{kubeconfig: /k, timeout: 99ms} | spec.timeout is '99ms'; legal: a duration from 100ms to 1m, as 500ms, 15s, 1h30m or 30d",
                "{kubeconfig: /k, token: abc} | unknown key 'token' in spec; legal: kubeconfig, context, inCluster, timeout",
            })
    void whatIsNotLegalIsNamed(String spec, String fault) {
        parse(HEAD + spec);
        assertEquals(List.of(fault), faults.list().stream().map(Fault::message).toList());
    }
}
