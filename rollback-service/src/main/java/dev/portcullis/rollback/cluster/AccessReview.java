package dev.portcullis.rollback.cluster;

import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The question to an API server which requests it would take from the account of this service: a SelfSubjectAccessReview for each, which changes nothing, and
 * which every account may make unless somebody took that right away (the role system:basic-user). All answers are there within 5 s, or are none: a rollback is
 * not kept waiting for them.
 *
 * @param cluster name of the cluster
 * @param remedy what gives the rights, for people
 */
public record AccessReview(Clusters clusters, String cluster, String remedy) {
    private static final Executor THREADS = Context.taskWrapping(Thread::startVirtualThread);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** That of a target whose rights are a file of {@code deploy/rbac}, called like the kind of target. */
    public static AccessReview ofManifest(Clusters clusters, String cluster, String kind, String namespace) {
        return new AccessReview(
                clusters, cluster, "kubectl -n " + namespace + " apply -f deploy/rbac/" + kind + ".yaml");
    }

    /** An answer for each of these; the second and all that follow are asked at the same time, and not at all when the first finds no API server. */
    public List<Right> of(List<ResourceAccess> accesses) {
        var end = System.nanoTime() + LIMIT.toNanos();
        var first = awaited(asking(accesses.getFirst()), accesses.getFirst(), end);
        List<Right> rights = new ArrayList<>(List.of(first));
        var others = accesses.subList(1, accesses.size());
        if (first.answer() == Answer.NOT_ASKED) {
            others.forEach(access -> rights.add(right(access, Answer.NOT_ASKED, first.why())));
            return List.copyOf(rights);
        }
        var asked = others.stream().map(this::asking).toList();
        for (int i = 0; i < asked.size(); i++) {
            rights.add(awaited(asked.get(i), others.get(i), end));
        }
        return List.copyOf(rights);
    }

    private CompletableFuture<Right> asking(ResourceAccess access) {
        return CompletableFuture.supplyAsync(() -> asked(access), THREADS);
    }

    private Right awaited(CompletableFuture<Right> asking, ResourceAccess access, long end) {
        var late = right(access, Answer.NOT_ASKED, "cluster '" + cluster + "' did not answer within 5 s");
        return asking.completeOnTimeout(late, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                .join();
    }

    private Right asked(ResourceAccess access) {
        try {
            return clusters.named(cluster)
                    .allows(access)
                    .map(allowed -> right(access, allowed ? Answer.GRANTED : Answer.MISSING, ""))
                    .orElseGet(() -> right(
                            access,
                            Answer.UNKNOWN,
                            "cluster '" + cluster + "' does not tell its account what that may do (it refuses to create"
                                    + " selfsubjectaccessreviews.authorization.k8s.io)"));
        } catch (ClusterException e) {
            return right(access, Answer.NOT_ASKED, String.valueOf(e.getMessage()));
        }
    }

    private Right right(ResourceAccess access, Answer answer, String why) {
        return new Right(access.toString(), remedy, answer, why);
    }
}
