package dev.portcullis.gate.rule.budget;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.release.ApprovalQuorum;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The reader of {@code errorBudget}. Thread-safe. */
public final class ErrorBudgetKind implements PromotionRuleKind {
    private static final String OBJECTIVES = "objectives";
    private static final String EXCEPTIONS = "exceptions";
    private static final String LEGAL_LABELS = "labels of releases, as change=security";
    private static final String APPROVAL_BELOW = "approvalBelow";
    private static final String APPROVALS = "approvals";
    private static final int MOST_APPROVALS = 10;
    private static final String WAIVERS = "waivers";
    private static final String REASON = "reason";
    private static final String LEGAL_REASON = "1 to 200 characters";
    private static final int LONGEST_REASON = 200;
    private static final String UNTIL = "until";
    private static final String LEGAL_TIME = "a time with its zone, such as 2027-01-06T12:00:00Z";
    private static final double HOLD_BELOW = 0.25;

    private final ErrorBudgetMemory memory;

    /** @param memory which the rules ask */
    public ErrorBudgetKind(ErrorBudgetMemory memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return "errorBudget";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(OBJECTIVES, "all of the service", "names of SLOs");
        settings.describe(EXCEPTIONS, "none", LEGAL_LABELS);
        settings.describe(WAIVERS, "none", "");
        return new ErrorBudgetRule(
                name,
                ladder(settings),
                settings.texts(OBJECTIVES),
                exceptions(settings),
                settings.mappings(WAIVERS).stream()
                        .flatMap(waiver -> waiver(waiver).stream())
                        .toList(),
                memory);
    }

    private static BudgetLadder ladder(YamlMapping settings) {
        var holdBelow = settings.number("holdBelow", HOLD_BELOW, 0, true, 1, true);
        settings.describe(APPROVAL_BELOW, "none", "above holdBelow, up to 1");
        var approvalBelow = settings.number(APPROVAL_BELOW, 0, false, 1, true);
        var approvals = settings.wholeNumber(APPROVALS, 1, 1, MOST_APPROVALS);
        if (approvalBelow.isEmpty()) {
            if (settings.has(APPROVALS)) {
                settings.fault(
                        APPROVALS,
                        settings.path(APPROVALS) + " is of no use without approvalBelow, below which they are needed");
            }
            return new BudgetLadder(holdBelow);
        }
        if (approvalBelow.getAsDouble() <= holdBelow) {
            settings.fault(
                    APPROVAL_BELOW,
                    settings.path(APPROVAL_BELOW) + " is " + approvalBelow.getAsDouble() + "; legal: above holdBelow, "
                            + holdBelow + ", below which nothing is promoted");
        }
        return new BudgetLadder(
                holdBelow,
                Optional.of(new BudgetLadder.Approval(approvalBelow.getAsDouble(), ApprovalQuorum.of(approvals))));
    }

    private static Optional<Waiver> waiver(YamlMapping item) {
        item.describe(REASON, KeyDescription.REQUIRED, LEGAL_REASON);
        item.describe(UNTIL, KeyDescription.REQUIRED, LEGAL_TIME);
        var by = item.text("by");
        var reason = item.text(REASON);
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            item.fault(REASON, item.path(REASON) + " has more than 200 characters; legal: " + LEGAL_REASON);
        }
        var until = item.text(UNTIL);
        item.rejectUnknown();
        try {
            return Optional.of(new Waiver(by, reason, Instant.parse(until)));
        } catch (DateTimeParseException e) {
            if (!until.isEmpty()) {
                item.fault(UNTIL, item.path(UNTIL) + " is '" + until + "'; legal: " + LEGAL_TIME);
            }
            return Optional.empty();
        }
    }

    private static List<String> exceptions(YamlMapping settings) {
        var labels = settings.texts(EXCEPTIONS);
        for (var label : labels) {
            if (!label.matches("[^=,]+=[^,]+")) {
                settings.fault(EXCEPTIONS, settings.path(EXCEPTIONS) + " has '" + label + "'; legal: " + LEGAL_LABELS);
            }
        }
        return labels;
    }
}
