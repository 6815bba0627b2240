package dev.portcullis.launcher.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.analysis.grpc.RecomputedAnalysis;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.gate.client.RecomputedDecision;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A decision computed once more from what is on record of it, by the judge of analysis-service and the rules of gate-service, and compared with what was recorded.
 *
 * @param record the decision, with the analysis and the record of it
 * @param analysis what came of the analysis: its verdict, evidence, tests and sentences
 * @param decision what came of the decision itself: its outcome, reasons and explanation
 * @param differences where what was recorded and what was computed differ; empty when neither part is DIFFERENT
 */
public record Recomputation(Decision record, Result analysis, Result decision, List<Difference> differences) {
    private static final String GATE = "gate";
    private static final JsonMapper JSON = new JsonMapper();

    /** What came of one part. */
    public enum Result {
        /** Letter for letter the same. */
        SAME,
        /** Something differs. */
        DIFFERENT,
        /** There is nothing to compute it from: nothing was judged, or a person or another system decided. */
        NOT_COMPUTED,
        /** What it follows from is not on record. */
        NOT_RECORDED
    }

    public Recomputation {
        differences = List.copyOf(differences);
    }

    /**
     * Computes it.
     *
     * @param record as GetDecision gives it with its analysis' record
     * @throws ExplainException when the record cannot be read
     */
    public static Recomputation of(Decision record) {
        if (!record.hasAnalysis()) {
            return new Recomputation(record, Result.NOT_COMPUTED, Result.NOT_COMPUTED, List.of());
        }
        if (record.getAnalysisRecord().isEmpty()) {
            return new Recomputation(record, Result.NOT_RECORDED, Result.NOT_RECORDED, List.of());
        }
        var again = analysis(record);
        var differences = differences("analysis.", record.getAnalysis(), again);
        var judged = differences.isEmpty() ? Result.SAME : Result.DIFFERENT;
        return decided(record, again)
                .map(decision -> with(record, judged, differences, differences("", said(record), decision)))
                .orElseGet(() -> new Recomputation(record, judged, Result.NOT_COMPUTED, differences));
    }

    private static Recomputation with(
            Decision record, Result judged, List<Difference> ofAnalysis, List<Difference> ofDecision) {
        var decided = ofDecision.isEmpty() ? Result.SAME : Result.DIFFERENT;
        var all = Stream.concat(ofAnalysis.stream(), ofDecision.stream()).toList();
        return new Recomputation(record, judged, decided, all);
    }

    private static Analysis analysis(Decision record) {
        try {
            var followed =
                    new RunRecordDocuments().read(record.getAnalysisRecord().toByteArray());
            return RecomputedAnalysis.of(followed, record.getAnalysis());
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            throw new ExplainException(
                    "what " + record.getAnalysis().getName() + " follows from cannot be used: " + e.getMessage(), e);
        }
    }

    /** Empty when the evidence did not decide. */
    private static Optional<Decision> decided(Decision record, Analysis again) {
        if (!record.getActor().equals(GATE)
                || record.getReasonsList().contains(DecisionReason.RELEASE_SUPERSEDED)
                || record.getReasonsList().contains(DecisionReason.PROMOTION_WATCHED)
                || record.getReasonsList().contains(DecisionReason.GROUP_ABORTED)) {
            return Optional.empty();
        }
        var decision = RecomputedDecision.of(again, undecided(record), onFail(record), rules(record), reasons(record));
        var message = Decision.newBuilder()
                .setOutcome(Outcome.valueOf(decision.outcome().name()))
                .setExplanation(PlainText.of(decision.explanation()));
        decision.reasons().forEach(reason -> message.addReasons(DecisionReason.valueOf(reason.name())));
        decision.verdict().ifPresent(verdict -> message.setVerdict(Verdict.valueOf(verdict.name())));
        decision.measuring().ifPresent(measuring -> message.setMeasuring(MeasuringState.valueOf(measuring.name())));
        return Optional.of(message.build());
    }

    /** A service without a policy has what {@link UndecidedAction#HOLD} says. */
    private static UndecidedAction undecided(Decision record) {
        return record.hasPolicy() ? UndecidedAction.of(record.getPolicy().getUndecided()) : UndecidedAction.HOLD;
    }

    private static FailActions onFail(Decision record) {
        return FailActions.of(record.getPolicy().getOnFailMap());
    }

    private static List<RuleOutcome> rules(Decision record) {
        return record.getRulesList().stream()
                .map(rule -> new RuleOutcome(
                        rule.getRule(),
                        RuleOutcome.Effect.valueOf(rule.getEffect().name()),
                        rule.getDetail()))
                .toList();
    }

    private static List<dev.portcullis.gate.decision.DecisionReason> reasons(Decision record) {
        return record.getReasonsList().stream()
                .map(reason -> dev.portcullis.gate.decision.DecisionReason.valueOf(reason.name()))
                .toList();
    }

    private static Decision said(Decision record) {
        return Decision.newBuilder()
                .setOutcome(record.getOutcome())
                .setExplanation(record.getExplanation())
                .addAllReasons(record.getReasonsList())
                .setVerdict(record.getVerdict())
                .setMeasuring(record.getMeasuring())
                .build();
    }

    private static List<Difference> differences(String path, MessageOrBuilder kept, MessageOrBuilder recomputed) {
        var before = text(kept);
        var after = text(recomputed);
        if (before.equals(after)) {
            return List.of();
        }
        return Difference.between(tree(before), tree(after)).stream()
                .map(one -> new Difference(path + one.field(), one.kept(), one.recomputed()))
                .toList();
    }

    private static String text(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message cannot be written as JSON", e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON cannot be read", e);
        }
    }
}
