package dev.portcullis.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The demo's cluster: the checkout service with its stable and canary pods, the traffic between them, and the incidents that happen on their own. Nothing
 * moves until {@link #advance} is called or a {@link ShopTicker} calls it. Thread-safe.
 */
final class Shop implements AutoCloseable {
    /** The only service of the shop. */
    static final String SERVICE = "checkout";

    private static final int PODS_PER_VERSION = 3;
    private static final Duration RESTART_AFTER = Duration.ofSeconds(4);
    private static final Duration RESTART_TAKES = Duration.ofMillis(1500);
    private static final Duration JOIN_AFTER = Duration.ofSeconds(8);
    private static final Duration SCALE_DOWN_AFTER = Duration.ofSeconds(5);

    private final TrafficGenerator traffic;
    private final EventQueue queue = new EventQueue();
    private final RollbackLog rollbacks = new RollbackLog();
    private final List<Deployment> retired = new ArrayList<>();
    private Deployment stable;
    private @Nullable Deployment canary;
    private double canaryWeight;
    private TrafficGenerator.RequestCounts lastSent = new TrafficGenerator.RequestCounts(0, 0);
    private Consumer<String> listener = event -> {};
    private Consumer<String> rollbackListener = event -> {};

    /**
     * A shop whose stable version runs and has all traffic.
     *
     * @param requestsPerSecond over all pods, above 0
     * @param seed of every draw
     */
    Shop(Version stable, double requestsPerSecond, long seed) {
        this.traffic = new TrafficGenerator(requestsPerSecond, new SplittableRandom(seed));
        this.stable = new Deployment(SERVICE, stable, PODS_PER_VERSION);
    }

    /** Tells events to this listener from now on; it is called with the shop's lock held and must not block. */
    synchronized void onEvent(Consumer<String> events) {
        listener = events;
    }

    /** Tells of rollbacks to this listener from now on, in the same way. */
    synchronized void onRollback(Consumer<String> events) {
        rollbackListener = events;
    }

    /** Lets time pass: requests are counted, and what is due happens. */
    synchronized void advance(Duration elapsed) {
        lastSent = traffic.advance(elapsed, stable.readyPods(), canaryArm(), canaryWeight);
        queue.advance(elapsed).forEach(Runnable::run);
    }

    private ReadyPods canaryArm() {
        return canary == null ? stable.readyPods() : canary.readyPods();
    }

    /** Starts the pods of a canary; it has no traffic yet. */
    synchronized void startCanary(Version version) {
        if (canary != null) {
            throw new IllegalStateException("canary " + canary.version().hash() + " is still there");
        }
        canary = new Deployment(SERVICE, version, PODS_PER_VERSION);
        canaryWeight = 0;
    }

    /** Gives the canary a share of the traffic, in [0, 1]. */
    synchronized void weight(double weight) {
        if (canary == null) {
            throw new IllegalStateException("no canary to give traffic to");
        }
        canaryWeight = weight;
    }

    /** Makes the canary the stable version; the pods of the old one go a little later. */
    synchronized void promoteCanary() {
        var promoted = canary;
        if (promoted == null) {
            throw new IllegalStateException("no canary to promote");
        }
        retire(stable);
        stable = promoted;
        canary = null;
        canaryWeight = 0;
    }

    /** Takes the canary away; its pods go a little later. Does nothing without one. */
    synchronized void removeCanary() {
        if (canary != null) {
            retire(canary);
            canary = null;
            canaryWeight = 0;
        }
    }

    private void retire(Deployment deployment) {
        retired.add(deployment);
        queue.after(SCALE_DOWN_AFTER, () -> {
            deployment.stop();
            retired.remove(deployment);
        });
    }

    /** Plans the incidents every release has to live with: a stable pod that restarts and one that joins. */
    synchronized void planIncidents() {
        var version = stable;
        queue.after(RESTART_AFTER, () -> restartFirstPod(version));
        queue.after(JOIN_AFTER, () -> addPod(version));
    }

    private void restartFirstPod(Deployment deployment) {
        deployment.pods().stream().findFirst().ifPresent(pod -> {
            pod.stop();
            listener.accept("stable pod " + pod.name() + " went down");
            queue.after(RESTART_TAKES, () -> startAgain(deployment, pod));
        });
    }

    private void startAgain(Deployment deployment, ShopPod pod) {
        if (deployment.pods().contains(pod)) {
            pod.start();
            listener.accept("stable pod " + pod.name() + " is back, its counters begin at 0 again");
        }
    }

    private void addPod(Deployment deployment) {
        if (deployment == stable) {
            listener.accept("stable pod " + deployment.addPod().name() + " joined");
        }
    }

    /** Answers a rollback as the shop's traffic control does; a repeated key changes nothing. */
    synchronized RollbackReply rollBack(RollbackCall call) {
        if (rollbacks.knows(call.key())) {
            rollbacks.add(call);
            return new RollbackReply(200, "known already, nothing done");
        }
        if (!call.service().equals(SERVICE)
                || !call.to().equals(stable.version().hash())) {
            return new RollbackReply(
                    422,
                    "cannot return '" + call.service() + "' to '" + call.to() + "': " + SERVICE
                            + " has the stable version " + stable.version().hash());
        }
        rollbacks.add(call);
        canaryWeight = 0;
        rollbackListener.accept("webhook: all traffic back to " + call.to() + " (Idempotency-Key " + call.key() + ")");
        return new RollbackReply(200, "all traffic goes to " + call.to());
    }

    /** Whether every request of the last moment went to this version: what was seen, not what was ordered. */
    synchronized boolean hasAllTraffic(String hash) {
        return stable.version().hash().equals(hash) && lastSent.canary() == 0 && lastSent.stable() > 0;
    }

    /** The rollbacks the webhook accepted, repeated ones too, in order. */
    synchronized List<RollbackCall> rollbacks() {
        return rollbacks.calls();
    }

    /** The version customers should get. */
    synchronized Version stable() {
        return stable.version();
    }

    /** The version on trial. */
    synchronized Optional<Version> canary() {
        return Optional.ofNullable(canary).map(Deployment::version);
    }

    /** The canary's share of the traffic as ordered, in [0, 1]. */
    synchronized double canaryWeight() {
        return canaryWeight;
    }

    /** Every deployment with pods, also one that is about to go. */
    synchronized List<Deployment> deployments() {
        var all = new ArrayList<>(retired);
        all.add(stable);
        Optional.ofNullable(canary).ifPresent(all::add);
        return List.copyOf(all);
    }

    /** The pods of a version; empty when it has none. */
    synchronized List<ShopPod> pods(String hash) {
        return deployments().stream()
                .filter(deployment -> deployment.version().hash().equals(hash))
                .flatMap(deployment -> deployment.pods().stream())
                .toList();
    }

    @Override
    public synchronized void close() {
        deployments().forEach(Deployment::stop);
    }
}
