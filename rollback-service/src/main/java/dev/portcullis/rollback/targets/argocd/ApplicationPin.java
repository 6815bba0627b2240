package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;
import java.util.Optional;

/**
 * What exactly a rollback deploys again, fixed when it was prepared. Revisions and sources count, not the id: each deployment gets a new one, and the
 * same revision with other parameters is something else.
 *
 * @param uid of the Application: one of the same name made later is another
 * @param id of the entry in its history
 * @param digest of the sources
 * @param autoSyncWas the auto-sync that is switched off for the rollback, as JSON; empty when there was none
 */
record ApplicationPin(String uid, long id, List<String> revisions, String digest, Optional<String> autoSyncWas) {
    private static final String UID = "uid";
    private static final String ID = "historyId";
    private static final String REVISIONS = "revisions";
    private static final String DIGEST = "sourceDigest";
    private static final String AUTO_SYNC_WAS = "autoSyncWas";

    static ApplicationPin of(Application application, HistoryEntry wanted) {
        return new ApplicationPin(
                application.uid(),
                wanted.id(),
                wanted.revisions(),
                wanted.digest(),
                application.autoSync().map(Object::toString));
    }

    static ApplicationPin of(TargetSettings pinned) {
        return new ApplicationPin(
                pinned.required(UID),
                Long.parseLong(pinned.required(ID)),
                List.of(pinned.required(REVISIONS).split(" ", -1)),
                pinned.required(DIGEST),
                Optional.ofNullable(pinned.values().get(AUTO_SYNC_WAS)));
    }

    TargetSettings into(TargetSettings configured) {
        var pinned = configured
                .with(UID, uid)
                .with(ID, String.valueOf(id))
                .with(REVISIONS, String.join(" ", revisions))
                .with(DIGEST, digest);
        return autoSyncWas.map(was -> pinned.with(AUTO_SYNC_WAS, was)).orElse(pinned);
    }

    boolean is(HistoryEntry entry) {
        return entry.revisions().equals(revisions) && entry.digest().equals(digest);
    }

    /** The newest entry that is it; empty when none is kept any more. */
    Optional<HistoryEntry> in(Application application) {
        return application.history().reversed().stream().filter(this::is).findFirst();
    }

    /** "history id 12 (1a2b3c4d5e6f)". */
    @Override
    public String toString() {
        return "history id " + id + " (" + HistoryEntry.spoken(revisions) + ")";
    }
}
