package dev.portcullis.gate.release;

import dev.portcullis.kit.text.RequestName;

/**
 * A caller's question, checked: every text is a {@link RequestName}, service and canary are given, and stable is another than canary.
 *
 * @param stable the stable version's arm label value; empty = none
 * @param step the rollout's step, for the record only
 */
public record GateRequest(ReleaseKey key, String stable, String step) {
    /** @throws InvalidFieldException for the first field that is not legal */
    public GateRequest {
        required("service", key.service());
        checked("namespace", key.namespace());
        checked("rollout", key.rollout());
        required("canary", key.canary());
        checked("stable", stable);
        checked("revision", key.revision());
        checked("step", step);
        if (stable.equals(key.canary())) {
            throw new InvalidFieldException(
                    "stable",
                    "is " + RequestName.shown(stable)
                            + ", the canary too; give the version that users had before it, or leave the field out when there is none");
        }
    }

    private static void required(String field, String value) {
        if (value.isEmpty()) {
            throw new InvalidFieldException(field, "is required, 1 to " + RequestName.LONGEST + " characters");
        }
        checked(field, value);
    }

    private static void checked(String field, String value) {
        RequestName.fault(value).ifPresent(fault -> {
            throw new InvalidFieldException(field, fault);
        });
    }
}
