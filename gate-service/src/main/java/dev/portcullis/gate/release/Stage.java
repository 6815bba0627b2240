package dev.portcullis.gate.release;

import dev.portcullis.kit.text.RequestName;

/** Where in a deployment a question is asked, which decides what is asked for. */
public enum Stage {
    /** Before anything is deployed: whether a deploy of the service may begin. Opens and records nothing. */
    PRE_DEPLOY,
    /** While the canary serves a part of the traffic: whether it may go on. */
    CANARY,
    /** After the last step: whether the release has ended well. */
    POST_DEPLOY;

    private static final String CANARY_FORM = "canary-[1-9][0-9]?";

    /**
     * The stage that a text names: pre-deploy, canary-N with N from 1 to 99, or post-deploy.
     *
     * @throws InvalidFieldException naming the field "stage", when it names none
     */
    public static Stage of(String text) {
        return switch (text) {
            case "pre-deploy" -> PRE_DEPLOY;
            case "post-deploy" -> POST_DEPLOY;
            default -> {
                if (!text.matches(CANARY_FORM)) {
                    throw new InvalidFieldException(
                            "stage",
                            (text.isEmpty() ? "is missing" : "is " + RequestName.shown(text))
                                    + "; legal: pre-deploy, canary-1 to canary-99, post-deploy");
                }
                yield CANARY;
            }
        };
    }
}
