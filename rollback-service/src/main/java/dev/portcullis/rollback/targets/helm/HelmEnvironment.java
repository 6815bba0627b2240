package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.cluster.ClusterSettings.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How helm gets to a cluster: options, and the part of this process's environment that it, and the programs a kubeconfig names, may see. */
record HelmEnvironment(ClusterSettings cluster, Map<String, String> environment) {
    private static final Pattern SHARED =
            Pattern.compile("PATH|HOME|TMPDIR|LANG|LC_.*|TZ|USER|SSL_CERT_.*|(?i:https?_proxy|no_proxy)"
                    + "|KUBERNETES_.*|HELM_.*|XDG_.*|AWS_.*|GOOGLE_.*|CLOUDSDK_.*|AZURE_.*");

    /** What is found is looked for where kubectl looks; who names a place does not want another one. */
    Map<String, String> shared() {
        Map<String, String> shared = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (SHARED.matcher(name).matches()
                    || (name.equals("KUBECONFIG") && cluster.access() instanceof Access.Discovered)) {
                shared.put(name, value);
            }
        });
        return shared;
    }

    List<String> options() {
        List<String> options = new ArrayList<>();
        if (cluster.access() instanceof Access.Kubeconfig kubeconfig) {
            options.add("--kubeconfig=" + kubeconfig.file());
            kubeconfig.context().ifPresent(context -> options.add("--kube-context=" + context));
        }
        return options;
    }
}
