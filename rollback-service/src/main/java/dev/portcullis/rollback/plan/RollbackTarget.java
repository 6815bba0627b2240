package dev.portcullis.rollback.plan;

/**
 * The port to whatever routes traffic. Thread-safe; methods block for a bounded time and do not throw for anything the outside does:
 * faults are part of their answers. No answer's text holds a secret.
 *
 * <p>Applying an assignment twice has the effect of applying it once, also when the first try's outcome stayed unknown.
 */
public interface RollbackTarget {
    /** The kind of target it serves, as in {@link TargetSettings#kind()}. */
    String kind();

    /** Looks where the traffic is; changes nothing. */
    Sighting observe(Assignment assignment);

    /** Tells the target once to give the traffic back; does not wait until it has moved. */
    Outcome returnTraffic(Assignment assignment);

    /** The command by which a person repeats {@link #returnTraffic} with the same idempotency key. */
    String commandToReturn(Assignment assignment);

    /** The command by which a person looks where the traffic is. */
    String commandToLook(Assignment assignment);
}
