package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.plan.TargetSettings;

/**
 * What exactly a rollback returns to, fixed when it was prepared.
 *
 * @param revision its number
 * @param origin the number of the revision it is a copy of, or its own
 * @param made when it was made: a release that was uninstalled and installed anew counts from one again
 */
record ReleasePin(int revision, int origin, String made) {
    private static final String REVISION = "revision";
    private static final String ORIGIN = "origin";
    private static final String MADE = "made";

    static ReleasePin of(History history, ReleaseRevision wanted) {
        return new ReleasePin(
                wanted.number(),
                history.origin(wanted.number()),
                wanted.updated().toString());
    }

    static ReleasePin of(TargetSettings pinned) {
        return new ReleasePin(
                Integer.parseInt(pinned.required(REVISION)),
                Integer.parseInt(pinned.required(ORIGIN)),
                pinned.required(MADE));
    }

    TargetSettings into(TargetSettings configured) {
        return configured
                .with(REVISION, String.valueOf(revision))
                .with(ORIGIN, String.valueOf(origin))
                .with(MADE, made);
    }

    /** Whether the release was installed anew since. */
    boolean isOfAnother(History history) {
        return history.newest().number() < revision
                || history.numbered(revision)
                        .map(now -> !now.updated().toString().equals(made))
                        .orElse(false);
    }

    /** Whether a revision is what is wanted, or a copy of it. */
    boolean is(History history, ReleaseRevision revision) {
        return history.origin(revision.number()) == origin;
    }
}
