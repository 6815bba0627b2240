package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.budget.BudgetState;
import dev.portcullis.analysis.budget.BurnRateChoice;
import dev.portcullis.analysis.budget.RowBurn;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.BurnRate;
import dev.portcullis.proto.analysis.v1.BurnRatePreset;
import dev.portcullis.proto.analysis.v1.BurnRateRow;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import java.util.List;

/** Error budgets as messages. */
final class BudgetMapper {
    private static final String NOTHING_COUNTED =
            "its source knows of no request in the period: the series it counts do not exist, nothing was counted, or one of them was no number (NaN)";

    private BudgetMapper() {}

    static BurnRateChoice preset(BurnRatePreset preset) {
        return switch (preset) {
            case BURN_RATE_PRESET_UNSPECIFIED, WORKBOOK -> dev.portcullis.analysis.budget.BurnRatePreset.WORKBOOK;
            case SLOTH -> dev.portcullis.analysis.budget.BurnRatePreset.SLOTH;
            case PYRRA -> dev.portcullis.analysis.budget.BurnRatePreset.PYRRA;
            case UNRECOGNIZED -> throw RequestFields.invalid("preset", "is none of WORKBOOK, SLOTH, PYRRA");
        };
    }

    static GetErrorBudgetResponse response(List<BudgetState> states) {
        return GetErrorBudgetResponse.newBuilder()
                .addAllBudgets(states.stream().map(BudgetMapper::of).toList())
                .build();
    }

    private static ErrorBudget of(BudgetState state) {
        var slo = state.slo();
        var message = ErrorBudget.newBuilder()
                .setSlo(slo.name())
                .setTarget(slo.target())
                .setPeriod(ProtoTimes.duration(slo.period().length()));
        switch (state) {
            case BudgetState.NoData none ->
                message.setState(ErrorBudget.State.NO_DATA).setDetail(NOTHING_COUNTED);
            case BudgetState.Unreachable unreachable ->
                message.setState(ErrorBudget.State.UNREACHABLE).setDetail(PlainText.of(unreachable.detail()));
            case BudgetState.Unmeasurable never ->
                message.setState(ErrorBudget.State.UNMEASURABLE).setDetail(PlainText.of(never.detail()));
            case BudgetState.Measured measured -> {
                times(message, measured);
                figures(message, measured);
            }
        }
        return message.build();
    }

    private static void times(ErrorBudget.Builder message, BudgetState.Measured measured) {
        var moment = measured.moment();
        var period = measured.slo().period();
        message.setPeriod(ProtoTimes.duration(period.lengthAt(moment)))
                .setMeasureTime(ProtoTimes.timestamp(moment))
                .setPeriodStartTime(ProtoTimes.timestamp(period.startOf(moment)));
        if (!period.rolling()) {
            message.setPeriodEndTime(ProtoTimes.timestamp(period.endOf(moment)));
        }
    }

    private static void figures(ErrorBudget.Builder message, BudgetState.Measured measured) {
        message.setState(ErrorBudget.State.MEASURED)
                .setBadRatio(measured.badRatio())
                .setLeft(measured.left());
        measured.burns()
                .forEach((window, burn) -> message.addBurnRates(BurnRate.newBuilder()
                        .setWindow(ProtoTimes.duration(window))
                        .setBurnRate(burn)));
        measured.rows().forEach(row -> message.addRows(row(row)));
        measured.exhaustion().map(ProtoTimes::duration).ifPresent(message::setTimeToExhaustion);
    }

    private static BurnRateRow row(RowBurn burn) {
        var row = burn.row();
        var message = BurnRateRow.newBuilder()
                .setSeverity(
                        switch (row.severity()) {
                            case PAGE -> BurnRateRow.Severity.PAGE;
                            case TICKET -> BurnRateRow.Severity.TICKET;
                        })
                .setLongWindow(ProtoTimes.duration(row.longWindow()))
                .setShortWindow(ProtoTimes.duration(row.shortWindow()))
                .setFactor(row.factor())
                .setMet(burn.met())
                .setHold(ProtoTimes.duration(row.hold()));
        if (!Double.isNaN(burn.longBurn())) {
            message.setLongBurnRate(burn.longBurn());
        }
        if (!Double.isNaN(burn.shortBurn())) {
            message.setShortBurnRate(burn.shortBurn());
        }
        return message.build();
    }
}
