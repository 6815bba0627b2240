package dev.portcullis.gate.release;

/** What is known of a release when somebody tells more of it. */
final class ReleaseDescription {
    private ReleaseDescription() {}

    /**
     * What was told before and what is told now.
     *
     * @throws InvalidFieldException when something else was told before, or a rule is added to a release whose promotion no rule can hold any more
     */
    static ReleaseDetails of(Release release, ReleaseDetails told) {
        var before = release.start().details();
        var all = before.and(told);
        if (all.rules().size() > before.rules().size() && (!release.open() || release.watched())) {
            throw new InvalidFieldException(
                    "rules",
                    "has '" + all.rules().getLast().name() + "', which is not on record for " + release.name()
                            + ", and no rule can hold that any more: it "
                            + (release.open() ? "was promoted" : "is " + release.state())
                            + "; leave it out, or ask with another revision, which begins a new release");
        }
        return all;
    }
}
