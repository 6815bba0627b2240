package dev.portcullis.analysis.run;

/** What an analysis judges. */
public enum Purpose {
    /** A canary, on its way to users. */
    RELEASE("canary"),
    /**
     * A version that traffic was given back to: whether its users are served within the SLOs again. It takes the canary's place, and is in no
     * record of releases.
     */
    RECOVERY("restored version");

    private final String subject;

    Purpose(String subject) {
        this.subject = subject;
    }

    /** Who is judged, as people call it: "canary". */
    public String subject() {
        return subject;
    }
}
