package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.targets.TargetWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One rollback of a scenario in a world of its own, on its way to the request at which its process is killed. */
final class KillPoint implements AutoCloseable {
    final CrashScenario scenario;
    final TargetWorld world;
    final HoldingProxy proxy;
    private final Assignment assignment;
    private final String service;
    private final String what;
    private int requestsBefore;
    private int workedAfter = -1;
    private String rollback = "";

    KillPoint(CrashScenario scenario, String service, String what) {
        this.scenario = scenario;
        this.service = service;
        this.what = scenario + ", " + what;
        this.world = scenario.open();
        this.proxy = new HoldingProxy(URI.create(world.address()));
        var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()), this.what);
        this.assignment = new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
    }

    /** Writes the policy, and the cluster it may name, whose API server is the proxy. */
    void configure(Path folder, Path kubeconfigs) {
        var kubeconfig = kubeconfigs.resolve(service + ".kubeconfig");
        var token = kubeconfigs.resolve("token");
        var section = scenario.section()
                .replace("${address}", proxy.address())
                .replace("${cluster}", service)
                .replace("${token}", token.toString());
        write(token, "a-token-of-this-test");
        ServicePolicy.write(folder, service, section, kubeconfig, proxy.address(), "1m");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the policy away. */
    void forget(Path folder) throws IOException {
        Files.delete(folder.resolve(service + ".yaml"));
    }

    PrepareRollbackRequest request() {
        var order = world.order();
        return PrepareRollbackRequest.newBuilder()
                .setService(service)
                .setFromRevision(order.from())
                .setToRevision(order.to())
                .setReason("to be killed")
                .setCaller("test")
                .build();
    }

    /** From here on requests count. */
    void prepared() {
        requestsBefore = proxy.methods().size();
    }

    void hold(KillMoment moment) {
        proxy.hold(moment.nth(), moment.moment());
    }

    void started(String name) {
        rollback = name;
    }

    String rollback() {
        return rollback;
    }

    /** The methods of the rollback's own requests, in their order. */
    List<String> requests() {
        var methods = proxy.methods();
        return methods.subList(requestsBefore, methods.size());
    }

    /**
     * The controllers of its world react, as real ones do: when something was asked of it since the last time. Worked through without
     * end, fifty worlds take a processor for themselves. By one thread at a time.
     */
    void react() {
        var asked = proxy.carriedOut();
        if (asked != workedAfter) {
            workedAfter = asked;
            world.work();
        }
    }

    /** Whether the world is where it should be. */
    boolean restored() {
        world.work();
        return world.target().observe(assignment) instanceof TargetObservation.Restored;
    }

    void assertDoneOnce(Rollback ended, int effects) {
        assertEquals(Rollback.State.SUCCEEDED, ended.getState(), what + ": " + ended);
        assertEquals(effects, world.effects(), what + ": " + ended);
        assertEquals(true, restored(), what);
    }

    @Override
    public String toString() {
        return what;
    }

    @Override
    public void close() {
        proxy.close();
        world.close();
    }
}
