package dev.portcullis.rollback.targets.featureflag;

/** The names of a flag's settings, those of the policy and those pinned. */
final class FlagKeys {
    static final String PROVIDER = "provider";
    static final String FLAG = "flag";
    static final String ADDRESS = "address";
    static final String PROJECT = "project";
    static final String ENVIRONMENT = "environment";
    static final String BYPASS_APPROVAL = "bypassApproval";
    static final String FILE = "file";
    static final String URL = "url";
    static final String VARIANT = "variant";

    /** Pinned: the version of the flag that was seen when the rollback was prepared. */
    static final String VERSION = "version";

    private FlagKeys() {}
}
