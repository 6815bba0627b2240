package dev.portcullis.gate.policy;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import java.util.List;

/**
 * What a policy's author expects it to decide.
 *
 * @param name what it is about
 * @param service the service of the policy
 * @param file where it is written, relative to the configuration folder
 * @param line the line there, from 1
 * @param given what is decided on
 * @param decision the decision that is expected
 * @param reasons the reasons that are expected first, in their order; may be empty
 */
public record PolicyTest(
        String name,
        String service,
        String file,
        int line,
        PolicyCase given,
        Outcome decision,
        List<DecisionReason> reasons) {
    public PolicyTest {
        reasons = List.copyOf(reasons);
    }
}
