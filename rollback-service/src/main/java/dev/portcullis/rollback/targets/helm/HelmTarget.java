package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.helm.Helm.NoResultException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The target of services that are releases of Helm. Helm keeps them in a form of its own, so its program is what acts. Thread-safe. */
public final class HelmTarget implements RollbackTarget {
    private final Clusters clusters;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment where the program is looked for, and what of it the program may see is taken from */
    public HelmTarget(Clusters clusters, Map<String, String> environment, Clock clock) {
        this.clusters = clusters;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return HelmKind.NAME;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        var settings = HelmSettings.of(configured);
        try {
            var helm = helm(settings);
            if (helm.isEmpty()) {
                return new Blocked(Obstacle.TOOL_MISSING, missing(settings));
            }
            return new ReleasePreparation(helm.get(), workloads(settings), start(settings), configured, clock.instant())
                    .of(order);
        } catch (ClusterException e) {
            return e.readiness();
        }
    }

    @Override
    public List<Right> rights(TargetSettings target) {
        var settings = HelmSettings.of(target);
        return new AccessReview(clusters, settings.cluster(), "the Role in docs/targets/helm.md")
                .of(new RequiredAccess(settings, environment).of(changed(settings)));
    }

    /** The workloads of the release, which a rollback changes; none where they cannot be read, which is a right of its own. */
    private List<JsonNode> changed(HelmSettings settings) {
        try {
            return workloads(settings).all();
        } catch (ClusterException e) {
            return List.of();
        }
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        var settings = HelmSettings.of(assignment.target());
        try {
            var helm = helm(settings);
            if (helm.isEmpty()) {
                return new Unreadable(missing(settings));
            }
            var pin = ReleasePin.of(assignment.target());
            return new ReleaseComparison(helm.get().history(), pin, settings, clock.instant())
                    .observation(workloads(settings));
        } catch (NoResultException e) {
            return e.isNotFound()
                    ? new TargetObservation.OutOfReach("the release is gone: " + e.text())
                    : new Unreadable(e.text());
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var settings = HelmSettings.of(assignment.target());
        try {
            var helm = helm(settings);
            return helm.isEmpty()
                    ? new Again(missing(settings), Duration.ZERO, false)
                    : new HelmAction(helm.get(), ReleasePin.of(assignment.target()), start(settings), clock).take();
        } catch (ClusterException e) {
            return e.result();
        }
    }

    private Optional<Helm> helm(HelmSettings settings) throws ClusterException {
        var helmEnvironment = new HelmEnvironment(clusters.settings(settings.cluster()), environment);
        return Program.find(settings.program(), environment)
                .map(file ->
                        new Helm(new Program(file, helmEnvironment.shared()), settings, helmEnvironment.options()));
    }

    private Workloads workloads(HelmSettings settings) throws ClusterException {
        return new Workloads(clusters.named(settings.cluster()), settings);
    }

    private ClusterStart start(HelmSettings settings) {
        return new ClusterStart(clusters, settings.cluster());
    }

    private static String missing(HelmSettings settings) {
        return "there is no program '" + settings.program()
                + "' that rollback-service can run; install Helm 3 or 4 where "
                + "rollback-service runs, on its PATH, or name its absolute path by program:";
    }

    @Override
    public String commandToApply(Assignment assignment) {
        var settings = HelmSettings.of(assignment.target());
        return command(
                settings,
                "rollback",
                " " + ReleasePin.of(assignment.target()).revision() + " --timeout="
                        + settings.timeout().toSeconds() + "s");
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return command(HelmSettings.of(assignment.target()), "history", "");
    }

    /** With the options that lead to the cluster, where they are known. */
    private String command(HelmSettings settings, String verb, String rest) {
        var options = "";
        try {
            options = new HelmEnvironment(clusters.settings(settings.cluster()), environment)
                    .options().stream().map(option -> " " + quoted(option)).reduce("", String::concat);
        } catch (ClusterException e) {
            options = "";
        }
        return "helm " + verb + " " + settings.release() + rest + " --namespace=" + settings.namespace() + options;
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._/:@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
