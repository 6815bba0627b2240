package dev.portcullis.gate.http.audit;

import dev.portcullis.gate.audit.ProductionChange;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/** A change of production as it is answered; what there is none of is an empty text. The components are the names of its JSON and the heads of its table. */
@Introspected
record ChangeAnswer(
        String release,
        String service,
        String namespace,
        String rollout,
        String canary,
        String stable,
        String revision,
        int run,
        boolean dryRun,
        String artifact,
        String ticket,
        String author,
        String labels,
        String createTime,
        String endTime,
        String state,
        String decision,
        String decisionName,
        List<String> reasons,
        String actor,
        boolean override,
        String why,
        String decisionTime,
        String policyHash,
        String rollback,
        String rollbackDetail,
        List<String> approvals) {
    private static final ProductionChange.Decided UNDECIDED =
            new ProductionChange.Decided("", "", List.of(), "", false, "", Instant.EPOCH, "");

    static ChangeAnswer of(ProductionChange change) {
        var decided = change.decision().orElse(UNDECIDED);
        return new ChangeAnswer(
                change.release(),
                change.service(),
                change.namespace(),
                change.rollout(),
                change.canary(),
                change.stable(),
                change.revision(),
                change.run(),
                change.dryRun(),
                change.details().artifact(),
                change.details().ticket(),
                change.details().author(),
                change.details().labelText(),
                change.opened().toString(),
                change.ended().map(Instant::toString).orElse(""),
                change.state(),
                decided.outcome(),
                decided.name(),
                decided.reasons(),
                decided.actor(),
                decided.override(),
                decided.why(),
                change.decision().map(known -> known.time().toString()).orElse(""),
                decided.policyHash(),
                change.rollback(),
                change.rollbackDetail(),
                change.approvals().stream()
                        .map(approval -> approval.name() + " " + approval.time()
                                + approval.withdrawal()
                                        .map(withdrawal -> ", withdrawn " + withdrawal.time())
                                        .orElse(""))
                        .toList());
    }
}
