package dev.portcullis.analysis.inspection;

/** Why a source could not be looked at. */
public enum InspectionFailure {
    /** What it would be asked with, a secret or a certificate, cannot be read here, so it was not asked. */
    CREDENTIALS_MISSING,
    /** No connection, or no answer in time. */
    UNREACHABLE,
    /** It wants other credentials. */
    ACCESS_REFUSED,
    /** What answers is something else. */
    WRONG_PATH,
    /** It answers with an error. */
    FAILS,
    /** It would have to give more series than it may. */
    TOO_MANY_SERIES
}
