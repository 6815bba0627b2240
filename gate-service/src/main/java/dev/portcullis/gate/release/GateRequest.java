package dev.portcullis.gate.release;

import dev.portcullis.kit.text.RequestName;
import java.util.Optional;
import java.util.UUID;

/**
 * A caller's question, checked: every text is a {@link RequestName}, service and canary are given, and stable is another than canary.
 *
 * @param key its canary may be empty before a deploy, when there is none yet
 * @param stable the stable version's arm label value; empty = none
 * @param step the rollout's step or the deployment's stage as the caller names it, for the record only
 * @param stage what is asked for
 * @param dryRun whether nobody goes by the decision: it is recorded, and nothing is rolled back
 * @param details what is told of the release for the record
 * @param release the release that an earlier answer to this question was about; empty = the latest run of the key, or a new one
 */
public record GateRequest(
        ReleaseKey key,
        String stable,
        String step,
        Stage stage,
        boolean dryRun,
        ReleaseDetails details,
        Optional<UUID> release) {
    /** @throws InvalidFieldException for the first field that is not legal */
    public GateRequest {
        required("service", key.service());
        checked("namespace", key.namespace());
        checked("rollout", key.rollout());
        if (stage == Stage.PRE_DEPLOY) {
            checked("canary", key.canary());
        } else {
            required("canary", key.canary());
        }
        checked("stable", stable);
        checked("revision", key.revision());
        checked("step", step);
        if (!stable.isEmpty() && stable.equals(key.canary())) {
            throw new InvalidFieldException(
                    "stable",
                    "is " + RequestName.shown(stable)
                            + ", the canary too; give the version that users had before it, or leave the field out when there is none");
        }
    }

    /**
     * Whether a canary may go on.
     *
     * @throws InvalidFieldException for the first field that is not legal
     */
    public GateRequest(ReleaseKey key, String stable, String step) {
        this(key, stable, step, Stage.CANARY, false, Optional.empty());
    }

    /**
     * A question that tells nothing of the release.
     *
     * @throws InvalidFieldException for the first field that is not legal
     */
    public GateRequest(
            ReleaseKey key, String stable, String step, Stage stage, boolean dryRun, Optional<UUID> release) {
        this(key, stable, step, stage, dryRun, ReleaseDetails.NONE, release);
    }

    /** The same question, which tells that of the release. */
    public GateRequest with(ReleaseDetails told) {
        return new GateRequest(key, stable, step, stage, dryRun, told, release);
    }

    /** The same question about a release that is known now. */
    public GateRequest about(UUID known) {
        return new GateRequest(key, stable, step, stage, dryRun, details, Optional.of(known));
    }

    private static void required(String field, String value) {
        if (value.isEmpty()) {
            throw new InvalidFieldException(field, "is required, 1 to " + RequestName.LONGEST + " characters");
        }
        checked(field, value);
    }

    /**
     * A text that can be a name of a request, or empty.
     *
     * @throws InvalidFieldException naming the field when it cannot be one
     */
    public static String checked(String field, String value) {
        RequestName.fault(value).ifPresent(fault -> {
            throw new InvalidFieldException(field, fault);
        });
        return value;
    }
}
