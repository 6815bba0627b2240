package dev.portcullis.rollback.targets;

import dev.portcullis.rollback.cluster.KubeServer;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;

/** A target's other side in the state before a rollback, and the order that makes one necessary. */
public interface TargetWorld extends AutoCloseable {
    /** The target under test, made anew each time: nothing a dead process kept in memory is there. */
    RollbackTarget target();

    RollbackOrder order();

    /** The settings as a policy gives them. */
    TargetSettings configured();

    /** How many changes the other side has carried out that altered something. */
    int effects();

    /** The other side carries the n-th changing call from now on out, but its answer does not arrive; 1 is the next. */
    void loseAnswer(int nth);

    /** The other side does not get the n-th changing call from now on, and the caller cannot tell; 1 is the next. */
    void loseCall(int nth);

    /** The other side is gone, until the end of the test. */
    void vanish();

    /** The other side's own controllers do what they do once they see a change. */
    default void work() {}

    /** Where its other side is over HTTP, e.g. "http://127.0.0.1:8080"; only of those that have one. */
    default String address() {
        throw new UnsupportedOperationException(getClass() + " is not reached over HTTP");
    }

    /** The cluster it is in; only of those that act on one. */
    default KubeServer kube() {
        throw new UnsupportedOperationException(getClass() + " is in no cluster");
    }

    @Override
    void close();
}
