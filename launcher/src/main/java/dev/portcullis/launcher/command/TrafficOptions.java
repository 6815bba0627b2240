package dev.portcullis.launcher.command;

import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.tool.detection.AssumedTraffic;
import dev.portcullis.analysis.tool.detection.Detection;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The traffic that {@code check} is asked about. */
final class TrafficOptions {
    /** A canary at 10 % of the traffic. */
    private static final double BASELINE_PER_CANARY = 9;

    private static final String RPS = "--rps";
    private static final String BASELINE_RPS = "--baseline-rps";
    private static final String STABLE_BUDGET = "--stable-budget";

    @Option(
            names = RPS,
            required = true,
            paramLabel = "N",
            description = "Also say what each policy can detect when the canary gets N requests a second.")
    private double canary;

    @Option(
            names = BASELINE_RPS,
            paramLabel = "M",
            description = "Requests a second to the stable version (9 N); 0: there is none to compare with.")
    private @Nullable Double baseline;

    @Option(
            names = STABLE_BUDGET,
            paramLabel = "S",
            description = "What the stable version uses of each objective's budget of bad requests (0.5).")
    private double stableBudget = AssumedTraffic.USUAL_BUDGET;

    /**
     * The traffic.
     *
     * @throws ParameterException when a figure is out of its range
     */
    AssumedTraffic assumedTraffic(CommandLine command) {
        within(command, RPS, canary, AssumedTraffic.LEAST, AssumedTraffic.MOST, "");
        double stable = baseline == null ? Math.min(BASELINE_PER_CANARY * canary, AssumedTraffic.MOST) : baseline;
        if (stable != 0) {
            within(command, BASELINE_RPS, stable, AssumedTraffic.LEAST, AssumedTraffic.MOST, ", or 0 for none");
        }
        within(command, STABLE_BUDGET, stableBudget, AssumedTraffic.LEAST_BUDGET, AssumedTraffic.MOST_BUDGET, "");
        return new AssumedTraffic(canary, stable, stableBudget);
    }

    /** Refuses a share of the budget at which a stable version would fail always. */
    static void requirePossible(
            CommandLine command, AssumedTraffic assumedTraffic, Collection<ServiceObjectives> services) {
        for (ServiceObjectives service : services) {
            for (Objective objective : service.objectives()) {
                if (Detection.stableRatio(objective, assumedTraffic) >= 1) {
                    throw new ParameterException(
                            command,
                            STABLE_BUDGET + " is " + plain(assumedTraffic.stableBudget()) + ", at which no request of "
                                    + objective.name() + " (target " + objective.target()
                                    + ") would be good; legal: below " + roundedDown(1 / (1 - objective.target())));
                }
            }
        }
    }

    private static void within(
            CommandLine command, String option, double value, double least, double most, String orElse) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    command, option + " is " + value + "; legal: " + plain(least) + " to " + plain(most) + orElse);
        }
    }

    /** What is named as legal has to be. */
    private static String roundedDown(double value) {
        return plain(Math.floor(value * 1000) / 1000);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
