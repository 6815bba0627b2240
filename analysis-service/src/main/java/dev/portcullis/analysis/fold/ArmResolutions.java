package dev.portcullis.analysis.fold;

/** How finely the counters of each arm are told: a new version may print them otherwise than the old one. */
public record ArmResolutions(Resolution canary, Resolution baseline) {
    /** The resolutions of arms not yet seen. */
    static final ArmResolutions LEAST = new ArmResolutions(Resolution.LEAST, Resolution.LEAST);
}
