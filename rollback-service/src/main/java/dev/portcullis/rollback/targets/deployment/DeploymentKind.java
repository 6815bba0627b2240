package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.workload.RevisionMarks;
import dev.portcullis.rollback.workload.WorkloadSettings;

/** The reader of {@code target: deployment}. */
public final class DeploymentKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "deployment";

    /** Kubernetes v1.34, pkg/controller/deployment/util. */
    static final RevisionMarks MARKS =
            new RevisionMarks("pod-template-hash", "deployment.kubernetes.io/revision", (replicaSet, template) -> {});

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        return WorkloadSettings.read(NAME, service, section, NAME, MARKS.hashLabel());
    }
}
