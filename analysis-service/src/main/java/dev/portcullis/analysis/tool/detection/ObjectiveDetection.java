package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.slo.Objective;
import java.util.List;

/**
 * What can be detected in one objective.
 *
 * @param objective a gating one
 * @param stableRatio of the stable version's requests that are bad, above 0, below 1
 * @param effects from a canary like the stable version to a total failure
 * @param likeStable what each PASS test needs of a canary that is bad as often as the stable version
 * @param faultless what each PASS test needs of a canary without a bad request: with fewer there is no PASS
 */
public record ObjectiveDetection(
        Objective objective,
        double stableRatio,
        List<EffectOutcomes> effects,
        List<PassRequirement> likeStable,
        List<PassRequirement> faultless) {
    /** Keeps its own copies. */
    public ObjectiveDetection {
        effects = List.copyOf(effects);
        likeStable = List.copyOf(likeStable);
        faultless = List.copyOf(faultless);
    }
}
