package dev.portcullis.gate.configuration;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.policy.PolicyCase;
import dev.portcullis.gate.policy.PolicyTest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reader of {@code gate.tests}. Stateless. */
final class PolicyTestReader {
    private static final String TIME = "time";
    private static final String FAILING = "failing";
    private static final String LEGAL_SEVERITIES = String.join(", ", Severity.words());
    private static final String REASONS = "reasons";
    private static final String NOON_OF_A_WEDNESDAY = "2027-01-06T12:00:00Z";
    private static final String LEGAL_TIME = "a time with its zone, such as 2027-01-06T12:00:00Z";
    private static final int MOST_WINDOWS = 100_000;
    private static final int USUAL_WINDOWS = 10;

    private PolicyTestReader() {}

    /** The tests of a policy, in their order; of no use when a fault was recorded. */
    static List<PolicyTest> read(String service, YamlMapping gate) {
        gate.describe("tests", "[]", "");
        return gate.mappings("tests").stream().map(test -> test(service, test)).toList();
    }

    private static PolicyTest test(String service, YamlMapping test) {
        var name = test.text("name");
        var given = given(test.optionalMapping("given"));
        var expect = test.requiredMapping("expect");
        expect.describe("decision", KeyDescription.REQUIRED, "");
        var decision = expect.choice("decision", names(Outcome.values()));
        if (decision.isEmpty() && !expect.has("decision")) {
            expect.fault("decision", expect.path("decision") + " is missing; legal: PROMOTE, HOLD, ABORT");
        }
        var reasons = reasons(expect);
        expect.rejectUnknown();
        test.rejectUnknown();
        return new PolicyTest(
                name,
                service,
                test.file(),
                test.line(),
                given,
                decision.map(Outcome::valueOf).orElse(Outcome.HOLD),
                reasons);
    }

    private static List<DecisionReason> reasons(YamlMapping expect) {
        expect.describe(REASONS, "any", "those of docs/decisions.md");
        var known = names(DecisionReason.values());
        List<DecisionReason> reasons = new ArrayList<>();
        for (var reason : expect.texts(REASONS)) {
            if (known.contains(reason)) {
                reasons.add(DecisionReason.valueOf(reason));
            } else {
                expect.fault(
                        REASONS, expect.path(REASONS) + " has '" + reason + "'; legal: those of docs/decisions.md");
            }
        }
        return reasons;
    }

    private static PolicyCase given(YamlMapping given) {
        var read = new PolicyCase(
                Verdict.valueOf(given.choice("verdict", Verdict.PASS.name(), names(Verdict.values()))),
                failing(given),
                MeasuringState.valueOf(
                        given.choice("measuring", MeasuringState.MEASURING.name(), names(MeasuringState.values()))),
                given.wholeNumber("windows", USUAL_WINDOWS, 0, MOST_WINDOWS),
                details(given),
                given.duration("servedFor", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(30)),
                time(given),
                budgets(given.optionalMapping("budgets").named("slo")),
                given.mappings("objectives").stream()
                        .map(PolicyTestReader::objective)
                        .toList());
        given.rejectUnknown();
        return read;
    }

    private static Set<Severity> failing(YamlMapping given) {
        given.describe(FAILING, "[critical]", LEGAL_SEVERITIES);
        var words = given.texts(FAILING);
        words.stream()
                .filter(word -> !Severity.words().contains(word))
                .forEach(word ->
                        given.fault(FAILING, given.path(FAILING) + " has '" + word + "'; legal: " + LEGAL_SEVERITIES));
        return words.isEmpty()
                ? Set.of(Severity.CRITICAL)
                : words.stream()
                        .filter(Severity.words()::contains)
                        .map(Severity::of)
                        .collect(Collectors.toSet());
    }

    private static ReleaseDetails details(YamlMapping given) {
        var labels = new TreeMap<>(given.textMap("labels"));
        var artifact = given.text("artifact", "");
        var ticket = given.text("ticket", "");
        var author = given.text("author", "");
        try {
            return new ReleaseDetails(artifact, ticket, author, labels);
        } catch (InvalidFieldException e) {
            given.fault(e.field(), given.path(e.field()) + " " + e.getMessage());
            return ReleaseDetails.NONE;
        }
    }

    private static Instant time(YamlMapping given) {
        given.describe(TIME, NOON_OF_A_WEDNESDAY, LEGAL_TIME);
        var text = given.written(TIME).orElse(NOON_OF_A_WEDNESDAY);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            given.fault(TIME, given.path(TIME) + " is '" + text + "'; legal: " + LEGAL_TIME);
            return Instant.EPOCH;
        }
    }

    private static Map<String, Double> budgets(YamlMapping budgets) {
        Map<String, Double> left = new TreeMap<>();
        for (var slo : budgets.keys()) {
            budgets.number(slo, Double.NEGATIVE_INFINITY, false, 1, true).ifPresent(part -> left.put(slo, part));
        }
        return left;
    }

    private static ObjectiveFigures objective(YamlMapping item) {
        var requests = new Figures.Arms(count(item, "requests"), count(item, "baselineRequests"));
        var bad = new Figures.Arms(count(item, "badRequests"), count(item, "baselineBadRequests"));
        var figures = new ObjectiveFigures(
                item.text("slo"),
                requests,
                bad,
                new Figures.Arms(
                        successRate(bad.canary(), requests.canary()), successRate(bad.baseline(), requests.baseline())),
                Figures.Arms.NOTHING_COUNTED);
        item.rejectUnknown();
        return figures;
    }

    private static double count(YamlMapping item, String key) {
        return item.number(key, 0, 0, true, Double.POSITIVE_INFINITY, false);
    }

    private static double successRate(double bad, double all) {
        return all == 0 ? -1 : 1 - bad / all;
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
