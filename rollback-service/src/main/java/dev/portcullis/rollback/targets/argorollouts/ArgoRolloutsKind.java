package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.workload.RevisionMarks;
import dev.portcullis.rollback.workload.WorkloadSettings;

/** The reader of {@code target: argo-rollouts}. */
public final class ArgoRolloutsKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "argo-rollouts";

    static final ResourceKind ROLLOUT = new ResourceKind("argoproj.io", "v1alpha1", "rollouts", "Rollout");

    /** Argo Rollouts v1.8, pkg/apis/rollouts/v1alpha1 and utils/annotations. */
    static final RevisionMarks MARKS =
            new RevisionMarks("rollouts-pod-template-hash", "rollout.argoproj.io/revision", new RolloutAdditions());

    private static final String ROLLOUT_KEY = "rollout";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        return WorkloadSettings.read(NAME, service, section, ROLLOUT_KEY, MARKS.hashLabel());
    }
}
