package dev.portcullis.gate.client;

import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.budget.ErrorBudgets;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.BurnRateRow;
import dev.portcullis.proto.analysis.v1.ErrorBudget.State;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.Set;

/** The error budgets of analysis-service over gRPC. Thread-safe. */
public final class GrpcErrorBudgets implements ErrorBudgets {
    /** Reading a budget asks a metrics source about a month. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final int DIGITS = 3;

    private final AnalysisServiceBlockingStub stub;

    /** @param channel by {@link #downstream} */
    public GrpcErrorBudgets(Channel channel) {
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /** analysis-service as its budgets are read; with a circuit breaker of its own, so that slow reads hold no decision back. */
    public static Downstream downstream(String address) {
        return new Downstream(
                "error-budgets", address, DEADLINE, AnalysisServiceGrpc.SERVICE_NAME, Set.of("GetErrorBudget"));
    }

    @Override
    public ErrorBudgetReply of(String service) {
        var request = GetErrorBudgetRequest.newBuilder().setService(service).build();
        try {
            return new ErrorBudgetReply.Known(stub.getErrorBudget(request).getBudgetsList().stream()
                    .map(GrpcErrorBudgets::budget)
                    .toList());
        } catch (StatusRuntimeException e) {
            return new ErrorBudgetReply.Unknown(CallFaults.inOneLine(e));
        }
    }

    /** The condition with the highest factor is the one that matters most. */
    private static String burning(dev.portcullis.proto.analysis.v1.ErrorBudget message) {
        return message.getRowsList().stream()
                .filter(row -> row.getSeverity() == BurnRateRow.Severity.PAGE && row.getMet())
                .max(Comparator.comparingDouble(BurnRateRow::getFactor))
                .map(row -> "burns "
                        + NumberText.rounded(row.getLongBurnRate(), DIGITS, RoundingMode.HALF_UP)
                        + " times as fast as is allowed over "
                        + DurationText.compact(ProtoTimes.duration(row.getLongWindow())) + " (somebody is called above "
                        + NumberText.rounded(row.getFactor(), DIGITS, RoundingMode.HALF_UP) + ")")
                .orElse("");
    }

    private static ErrorBudget budget(dev.portcullis.proto.analysis.v1.ErrorBudget message) {
        var measured = message.getState() == State.MEASURED && Double.isFinite(message.getLeft());
        return measured
                ? new ErrorBudget(message.getSlo(), OptionalDouble.of(message.getLeft()), "", burning(message))
                : new ErrorBudget(
                        message.getSlo(), OptionalDouble.empty(), message.getState() + ": " + message.getDetail());
    }
}
