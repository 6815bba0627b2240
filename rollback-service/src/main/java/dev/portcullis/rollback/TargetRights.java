package dev.portcullis.rollback;

import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/** What the accounts of targets may do, asked of whoever knows; changes nothing. Thread-safe. */
public final class TargetRights implements AutoCloseable {
    private final Clusters clusters;
    private final List<RollbackTarget> targets;

    TargetRights(Clusters clusters, List<RollbackTarget> targets) {
        this.clusters = clusters;
        this.targets = List.copyOf(targets);
    }

    /** What a rollback of a target takes, and whether its account is allowed that; empty where nobody can be asked. Blocks for seconds. */
    public List<Right> of(TargetSettings settings) {
        return targets.stream()
                .filter(target -> target.kind().equals(settings.kind()))
                .flatMap(target -> target.rights(settings).stream())
                .toList();
    }

    @Override
    public void close() {
        clusters.close();
    }
}
