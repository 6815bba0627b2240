package dev.portcullis.rollback.targets.argorollouts;

/** What a rollout needs next to be back on the wanted revision. */
enum RolloutAction {
    /** Nothing: it is there. */
    NONE,
    /** Time: its controller has all it needs. */
    WAIT,
    /** Time, until its controller has taken up the present specification, or seen the abort: before that its status tells of something earlier. */
    LOOK_AGAIN,
    /** It progresses away from the wanted revision, which is still the stable one. */
    ABORT,
    /** The wanted revision is not the one in its specification. */
    UNDO,
    /** A person has paused it, which keeps the controller from going back. */
    UNPAUSE,
    /** It progresses towards the wanted revision by the steps of a release, while users are on the bad one. */
    PROMOTE_FULL,
    /** Another release has begun since the rollback was prepared; that one is nobody's business here. */
    LEAVE_ALONE
}
