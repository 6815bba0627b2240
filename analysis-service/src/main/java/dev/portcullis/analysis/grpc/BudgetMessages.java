package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.budget.BudgetState;
import dev.portcullis.proto.analysis.v1.BurnRate;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import java.util.List;

/** Error budgets as messages. */
final class BudgetMessages {
    private BudgetMessages() {}

    static GetErrorBudgetResponse response(List<BudgetState> states) {
        return GetErrorBudgetResponse.newBuilder()
                .addAllBudgets(states.stream().map(BudgetMessages::of).toList())
                .build();
    }

    private static ErrorBudget of(BudgetState state) {
        var slo = state.slo();
        var message = ErrorBudget.newBuilder()
                .setSlo(slo.name())
                .setTarget(slo.target())
                .setPeriod(AnalysisMessages.duration(slo.period().length()));
        switch (state) {
            case BudgetState.NoData none -> message.setMeasuring(MeasuringState.NO_DATA);
            case BudgetState.Unreachable unreachable ->
                message.setMeasuring(MeasuringState.UNREACHABLE).setDetail(unreachable.detail());
            case BudgetState.Measured measured -> figures(message, measured);
        }
        return message.build();
    }

    private static void figures(ErrorBudget.Builder message, BudgetState.Measured measured) {
        message.setMeasuring(MeasuringState.MEASURING)
                .setBadRatio(measured.badRatio())
                .setLeft(measured.left());
        measured.burns()
                .forEach((window, burn) -> message.addBurnRates(BurnRate.newBuilder()
                        .setWindow(AnalysisMessages.duration(window))
                        .setBurnRate(burn)));
        measured.exhaustion().map(AnalysisMessages::duration).ifPresent(message::setTimeToExhaustion);
    }
}
