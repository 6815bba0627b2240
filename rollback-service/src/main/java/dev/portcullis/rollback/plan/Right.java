package dev.portcullis.rollback.plan;

/**
 * Something that an account has to be allowed for a rollback of a target, and whether it is.
 *
 * @param what what it is to be allowed, for people: "patch rollouts.argoproj.io checkout in namespace shop"
 * @param remedy what gives it, for people: "kubectl -n shop apply -f deploy/rbac/argo-rollouts.yaml"
 * @param answer whether it is allowed
 * @param why why that is not known, in one line; empty when it is
 */
public record Right(String what, String remedy, Answer answer, String why) {
    /** Whether an account is allowed something. */
    public enum Answer {
        /** It is. */
        GRANTED,
        /** It is not. */
        MISSING,
        /** Whoever would know does not tell. */
        UNKNOWN,
        /** Whoever would know could not be asked. */
        NOT_ASKED
    }
}
