package dev.portcullis.rollback.cluster;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetObservation;
import java.time.Duration;

/** A request to a cluster that did not succeed. The message is one line that names cluster, request and fault, and holds no secret. */
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Fault {
        /** 404: the object to change, or the kind to list, does not exist; nothing was changed. */
        NOT_FOUND,
        /** 409, or a JSON Patch whose test of the version failed: the object changed in between; nothing was changed. */
        CONFLICT,
        /** 429: too many requests; nothing was changed. */
        TOO_MANY,
        /** 5xx: the server failed; the change may have been made. */
        SERVER,
        /** 401, 403: not allowed; nothing was changed. */
        DENIED,
        /** 403 of a server that has just started and does not know yet who may do what; nothing was changed. */
        STARTING,
        /** 400, 422 or another status that says the request is wrong; nothing was changed. */
        INVALID,
        /** The cluster's timeout passed; the change may have been made. */
        TIMEOUT,
        /** No connection, or no credentials to send; nothing was sent. */
        CONNECT,
        /** The connection broke, or what came is no answer of an API server; the change may have been made. */
        BROKEN,
        /** The circuit breaker of the cluster is open; nothing was sent. */
        BREAKER_OPEN,
        /** No such cluster is configured, or its access is not readable; nothing was sent. */
        UNKNOWN_CLUSTER
    }

    private final Fault fault;
    private final Duration retryAfter;

    ClusterException(Fault fault, String message) {
        this(fault, message, Duration.ZERO);
    }

    ClusterException(Fault fault, String message, Duration retryAfter) {
        super(message);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Fault fault() {
        return fault;
    }

    /** The least time the server wants to be left alone; zero when it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether no API server was there to be asked, or none that was ready. */
    public boolean isUnreached() {
        return fault == Fault.CONNECT || fault == Fault.BREAKER_OPEN || fault == Fault.STARTING;
    }

    /** What it means for a change that was tried. */
    public ApplyResult result() {
        return switch (fault) {
            case NOT_FOUND, DENIED, INVALID -> new ApplyResult.Refused(text());
            case CONNECT, BREAKER_OPEN, STARTING -> new ApplyResult.Again(text(), retryAfter, false, isUnreached());
            case CONFLICT, TOO_MANY, UNKNOWN_CLUSTER -> new ApplyResult.Again(text(), retryAfter, false);
            case SERVER, TIMEOUT, BROKEN -> new ApplyResult.Again(text(), retryAfter, true);
        };
    }

    /** What it means for a change that was to be tried, when the look before it failed: nothing was changed. */
    public ApplyResult resultOfLook() {
        return result() instanceof ApplyResult.Again again ? again.withoutEffect() : result();
    }

    /** What it means for a look. */
    public TargetObservation unreadable() {
        return new TargetObservation.Unreadable(text());
    }

    /** What it means for a look before a rollback. */
    public Readiness readiness() {
        return switch (fault) {
            case NOT_FOUND -> new Readiness.Blocked(Obstacle.TARGET_NOT_FOUND, text());
            case DENIED -> new Readiness.Blocked(Obstacle.ACCESS_DENIED, text());
            case INVALID, UNKNOWN_CLUSTER -> new Readiness.Blocked(Obstacle.NOT_POSSIBLE, text());
            case CONFLICT, TOO_MANY, SERVER, TIMEOUT, CONNECT, BROKEN, BREAKER_OPEN, STARTING ->
                new Readiness.Unreachable(text());
        };
    }

    private String text() {
        return String.valueOf(getMessage());
    }
}
