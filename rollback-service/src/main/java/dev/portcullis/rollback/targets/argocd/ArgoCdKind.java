package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reader of {@code target: argo-cd}. */
public final class ArgoCdKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "argo-cd";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        Map<String, String> values = new TreeMap<>();
        section.describe(ArgoCdSettings.APPLICATION, "the service's name", "");
        var cluster = section.text(ArgoCdSettings.CLUSTER, ClusterSettings.DEFAULT);
        var namespace = section.text(ArgoCdSettings.NAMESPACE, "argocd");
        var application = section.optionalText(ArgoCdSettings.APPLICATION).orElse(service);
        var autoSync = section.choice(
                ArgoCdSettings.AUTO_SYNC,
                ArgoCdSettings.REFUSE,
                List.of(ArgoCdSettings.REFUSE, ArgoCdSettings.SWITCH_OFF));
        values.put(ArgoCdSettings.CLUSTER, cluster);
        values.put(ArgoCdSettings.NAMESPACE, namespace);
        values.put(ArgoCdSettings.APPLICATION, application);
        values.put(ArgoCdSettings.AUTO_SYNC, autoSync);
        values.put(ArgoCdSettings.PRUNE, String.valueOf(section.flag(ArgoCdSettings.PRUNE, false)));
        return new TargetSettings(NAME, "application " + cluster + "/" + namespace + "/" + application, values);
    }
}
