package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.plan.TargetSettings;

/**
 * What a prepared rollback of a workload is about, so that nothing that happens later changes it.
 *
 * @param uid the workload's: another one of the same name is not meant
 * @param replicaSet the ReplicaSet of the revision to return to
 * @param hash that revision's hash
 * @param number its number; empty when it has none
 * @param template the fingerprint of its pod template, by which it is known under another name too; empty when it was prepared by a version that did not note it
 * @param left what the workload had when the rollback was prepared: a release that began later is not undone
 */
public record WorkloadPin(String uid, String replicaSet, String hash, String number, String template, String left) {
    private static final String UID = "uid";
    private static final String REPLICA_SET = "replicaSet";
    private static final String HASH = "hash";
    private static final String NUMBER = "revision";
    private static final String TEMPLATE = "template";
    private static final String LEFT = "left";

    /**
     * The pin of a revision.
     *
     * @param uid the workload's
     * @param left what the workload has now
     */
    public static WorkloadPin of(String uid, Revision wanted, String left) {
        return new WorkloadPin(
                uid,
                wanted.replicaSet(),
                wanted.hash(),
                wanted.number(),
                wanted.template().fingerprint(),
                left);
    }

    /**
     * Makes sure that a workload is the one that was meant.
     *
     * @param present the uid of the workload that has its name now
     * @param what for people: "deployment shop/checkout"
     * @throws GoneException when it is another one
     */
    public void checkUid(String present, String what) throws GoneException {
        if (!present.equals(uid)) {
            throw new GoneException(what + " was deleted and made anew since the rollback was prepared");
        }
    }

    public TargetSettings addedTo(TargetSettings settings) {
        return settings.with(UID, uid)
                .with(REPLICA_SET, replicaSet)
                .with(HASH, hash)
                .with(NUMBER, number)
                .with(TEMPLATE, template)
                .with(LEFT, left);
    }

    public static WorkloadPin of(TargetSettings settings) {
        return new WorkloadPin(
                settings.required(UID),
                settings.required(REPLICA_SET),
                settings.required(HASH),
                settings.required(NUMBER),
                settings.values().getOrDefault(TEMPLATE, ""),
                settings.required(LEFT));
    }
}
