package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

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
        var application = ObjectName.read(section, "argocd", ArgoCdSettings.APPLICATION, service);
        var autoSync = section.choice(
                ArgoCdSettings.AUTO_SYNC,
                ArgoCdSettings.REFUSE,
                List.of(ArgoCdSettings.REFUSE, ArgoCdSettings.SWITCH_OFF));
        return application
                .settings(NAME, "application", ArgoCdSettings.APPLICATION)
                .with(ArgoCdSettings.AUTO_SYNC, autoSync)
                .with(ArgoCdSettings.PRUNE, String.valueOf(section.flag(ArgoCdSettings.PRUNE, false)));
    }
}
