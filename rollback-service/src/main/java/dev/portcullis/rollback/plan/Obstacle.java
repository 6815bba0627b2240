package dev.portcullis.rollback.plan;

/** Why a target cannot be rolled back; its name is the reason id towards users. */
public enum Obstacle {
    /** What is to be acted on does not exist. */
    TARGET_NOT_FOUND,
    /** The revision to return to is gone, or never was. */
    REVISION_NOT_FOUND,
    /** More than one thing answers to the name of the revision to return to. */
    REVISION_AMBIGUOUS,
    /** Somebody who keeps the target as it is, such as a GitOps controller, would take the change back, and the policy says to refuse then. */
    GITOPS_REVERTS,
    /** A program this kind of target needs is not installed. */
    TOOL_MISSING,
    /** The account may not read or change the target. */
    ACCESS_DENIED,
    /** The target is in a condition from which this kind of rollback is not possible; the text says which. */
    NOT_POSSIBLE
}
