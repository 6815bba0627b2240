package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of OpenSLO cannot be used is refused by name, once, at its line, with what is legal. */
final class FaultyOpenSloTest {
    private static final String ROLLING = "[{duration: 30d, isRolling: true}]";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^[{duration: 30d}, {duration: 7d}]^ | 12: spec.timeWindow has 2 usable entries; legal: exactly one, such as [{duration: 30d, isRolling: true}]",
                "[] | 12: spec.timeWindow has 0 usable entries; legal: exactly one",
                "[{isRolling: true}] | 12: spec.timeWindow[0].duration is missing; legal: a duration, such as 30d",
                "^[{duration: 1M, isRolling: true}]^ | 12: spec.timeWindow[0].duration is '1M', which has no fixed length; legal: days, such as 30d, or isRolling: false with a calendar",
                "^[{duration: 30, isRolling: true}]^ | 12: spec.timeWindow[0].duration is 30; legal: a duration from 1m to 366d",
                "^[{duration: 1M, isRolling: false}]^ | 12: spec.timeWindow[0].calendar is missing; legal beside isRolling: false: {startTime:",
                "^[{duration: 30d, isRolling: true, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].isRolling is true, but calendar is given, whose periods do not roll; legal: one of the two",
                "^[{duration: 1y, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].duration is '1y'; legal: with a calendar a whole number of d, w, M, Q or Y, at most a year, such as 1M or 1Q",
                "^[{duration: 2Y, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].duration is '2Y'; legal: with a calendar",
                "^[{duration: 12h, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].duration is '12h'; legal: with a calendar",
                "^[{calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].duration is missing; legal: with a calendar",
                "^[{duration: 1M, calendar: {startTime: 2026-01-01, timeZone: UTC}}]^ | 12: spec.timeWindow[0].calendar.startTime is '2026-01-01'; legal: a date and a time without a zone, such as '2026-01-01 00:00:00'",
                "^[{duration: 1M, calendar: {startTime: 2026-02-30 00:00:00, timeZone: UTC}}]^ | 12: spec.timeWindow[0].calendar.startTime is '2026-02-30 00:00:00'; legal: a date",
                "^[{duration: 1M, calendar: {timeZone: UTC}}]^ | 12: spec.timeWindow[0].calendar.startTime is missing; legal: a date",
                "^[{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00}}]^ | 12: spec.timeWindow[0].calendar.timeZone is missing; legal: a name of the IANA Time Zone Database",
                "^[{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Berln}}]^ | 12: spec.timeWindow[0].calendar.timeZone is 'Europe/Berln' (did you mean 'Europe/Berlin'?); legal: a name of the IANA Time Zone Database",
                "^[{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timezone: UTC, timeZone: UTC}}]^ | 12: unknown key 'timezone' in spec.timeWindow[0].calendar (did you mean 'timeZone'?); legal: startTime, timeZone"
            })
    void aTimeWindowThatIsNoneIsRefused(String window, String fault) {
        folder.write("a.yaml", replaced(Folder.SLO, ROLLING, window));
        assertOnlyFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "RatioTimeslices | ^target: 0.9, timeSliceWindow: 1m^ | 13: spec.budgetingMethod is 'RatioTimeslices', the average of the slices' ratios, which counts no requests; legal: Occurrences, Timeslices",
                "Timeslices | ^target: 0.9, timeSliceWindow: 1m^ | 14: spec.objectives[0].timeSliceTarget is missing; legal: the part of a slice's requests that has to be good",
                "Timeslices | ^target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m^ | 14: spec.objectives[0].timeSliceTarget is 1; legal: a number above 0 and below 1",
                "Timeslices | ^target: 0.9, timeSliceTarget: 0.9^ | 14: spec.objectives[0].timeSliceWindow is missing; legal: how long a slice is, such as 1m, or 5 for 5m",
                "Timeslices | ^target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 2d^ | 14: spec.objectives[0].timeSliceWindow is '2d'; legal: a duration from 1m to 1d",
                "Timeslices | ^target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 0^ | 14: spec.objectives[0].timeSliceWindow is 0; legal: a duration from 1m to 1d",
                "Occurrences | ^target: 0.9, timeSliceTarget: 0.9^ | 14: spec.objectives[0].timeSliceTarget is given, but budgetingMethod is not Timeslices; legal: leave it out",
                "Occurrences | ^target: 0.9, indicatorRef: x^ | 14: spec.objectives[0].indicatorRef makes a composite SLO, which is not supported; legal: an SLO for each indicator",
                "Occurrences | ^target: 0.9, compositeWeight: 2^ | 14: spec.objectives[0].compositeWeight makes a composite SLO",
                "Occurrences | ^target: 0.9}, {target: 0.8^ | 14: spec.objectives has 2 usable entries; legal: exactly one, such as [{target: 0.999}], and an SLO for each further one"
            })
    void anObjectiveThatCannotBeJudgedIsRefused(String method, String objective, String fault) {
        String slo = replaced(Folder.SLO, "Occurrences", method);
        folder.write("a.yaml", replaced(slo, "target: 0.999", objective));
        assertOnlyFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^  indicatorRef: requests%%n^ | ^^ | 4: spec.indicator and indicatorRef are both missing; legal: one of them, the indicator itself or the name of a document of kind SLI",
                "indicatorRef: requests | indicatorRef: request | 6: spec.indicatorRef is 'request' (did you mean 'requests'?); legal: requests",
                "service: checkout | service: chekout | 5: spec.service is 'chekout' (did you mean 'checkout'?); legal: the name of a document of kind Service: checkout",
                "spec: {description: takes the money} | spec: {owner: me} | 15: unknown key 'owner' in spec; legal: description",
                "counter: true | counter: true%%n    raw: {}%%n    rawType: success | 24: spec.ratioMetric.raw is given, but a ratio that was computed beforehand has no counts",
                "bad:   {metricSource: {type: Prometheus, | bad:   {metricSource: { | 24: spec.ratioMetric.bad.metricSource.type is missing; legal: Prometheus, Scrape, OTLP, Datadog",
                "counter: true | counter: false | 23: spec.ratioMetric.counter is false; legal: true",
                "ratioMetric: | rawMetric: | 20: spec has neither ratioMetric nor thresholdMetric; legal: one of them&22: unknown key 'rawMetric' in spec",
                "{alertPolicyRef: fast} | fast | 10: spec.alertPolicies[0] is 'fast'; legal: {alertPolicyRef: name}, or a whole AlertPolicy",
                "{alertPolicyRef: fast} | {alertPolicyRef: fats} | 10: spec.alertPolicies[0].alertPolicyRef is 'fats' (did you mean 'fast'?); legal: fast",
                "{alertPolicyRef: fast} | {kind: AlertPolicy} | 10: spec.alertPolicies[0].alertPolicyRef and spec are both missing; legal: one of them, the name of a document of kind AlertPolicy, or {kind: AlertPolicy",
                "{alertPolicyRef: fast} | {alertPolicyRef: fast, spec: {}} | 10: spec.alertPolicies[0].alertPolicyRef and spec are both given",
                "{alertPolicyRef: fast} | {kind: AlertPolicies, spec: {alertWhenBreaching: true, conditions: [{conditionRef: fast-burn}]}} | 10: spec.alertPolicies[0].kind is 'AlertPolicies'; legal: AlertPolicy",
                "alertWhenBreaching: true | alertWhenNoData: true | 30: spec.alertWhenBreaching is missing, so nobody would be alerted to a burn; legal: true, or leave the policy out",
                "alertWhenBreaching: true | alertWhenBreaching: false | 32: spec.alertWhenBreaching is false, so nobody would be alerted to a burn",
                "alertWhenResolved: false | alertWhenResolved: no | 33: spec.alertWhenResolved is 'no'; legal: true, false",
                "[{conditionRef: fast-burn}] | [] | 34: spec.conditions has 0 usable entries; legal: exactly one",
                "conditionRef: fast-burn | conditionRef: slow-burn | 34: spec.conditions[0].conditionRef is 'slow-burn'; legal: fast-burn",
                "targetRef: on-call | targetRef: oncall | 35: spec.notificationTargets[0].targetRef is 'oncall' (did you mean 'on-call'?); legal: on-call",
                "severity: page | severity: sev1 | 41: spec.severity is 'sev1'; legal: page, ticket",
                "severity: page | description: x | 40: spec.severity is missing; legal: page, ticket",
                "kind: burnrate | kind: budget | 43: spec.condition.kind is 'budget'; legal: burnrate",
                "op: gt | op: gte | 44: spec.condition.op is 'gte'; legal: gt, since a budget burns too fast above its threshold",
                "threshold: 14.4 | threshold: 0 | 45: spec.condition.threshold is 0; legal: a number above 0",
                "^    threshold: 14.4%%n^ | ^^ | 42: spec.condition.threshold is missing; legal: the burn rate to be told of",
                "^    lookbackWindow: 1h%%n^ | ^^ | 42: spec.condition.lookbackWindow is missing; legal: how far to look back, such as 1h",
                "lookbackWindow: 1h | lookbackWindow: 5m | 46: spec.condition.lookbackWindow is '5m'; legal: a duration from 12m to 366d",
                "alertAfter: 2m | alertAfter: 2d | 47: spec.condition.alertAfter is '2d'; legal: a duration from 0s to 1d",
                "alertAfter: | alertafter: | 47: unknown key 'alertafter' in spec.condition (did you mean 'alertAfter'?)",
                "{target: pager, description: whoever is on call} | {description: x} | 52: spec.target is missing; legal: text"
            })
    void aDocumentThatOthersReferToIsCheckedToo(String from, String to, String faults) {
        folder.write("a.yaml", replaced(String.join("---\n", SharedDocuments.all()), from, to));
        assertOnlyFault(faults.split("&"));
    }

    @ParameterizedTest
    @CsvSource({
        "SLI, 6: spec.indicatorRef is 'requests'",
        "AlertPolicy, 10: spec.alertPolicies[0].alertPolicyRef is 'fast'",
        "AlertCondition, 24: spec.conditions[0].conditionRef is 'fast-burn'",
        "AlertNotificationTarget, 25: spec.notificationTargets[0].targetRef is 'on-call'"
    })
    void whatIsReferredToButNotThereIsNamed(String kind, String fault) {
        String[] documents = SharedDocuments.all();
        documents[1] = "# no Service\n";
        int gone = List.of("", "", "SLI", "AlertPolicy", "AlertCondition", "AlertNotificationTarget")
                .indexOf(kind);
        documents[gone] = "# none\n";
        folder.write("a.yaml", documents);
        List<String> faults = folder.faults();
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(
                faults.getFirst()
                        .replaceFirst("a.yaml:\\d+", "")
                        .endsWith(", but the folder has no document of kind "
                                + kind
                                + (kind.equals("SLI")
                                        ? "; add one, or write the indicator into the SLO"
                                        : "; add one, or write it out here")),
                faults::toString);
        assertTrue(faults.getFirst().contains(fault.substring(fault.indexOf(' '))), faults::toString);
    }

    @Test
    void aPolicyOfAServiceThatIsNotAmongTheOnesWrittenDownIsRefused() {
        folder.write(
                "a.yaml", SharedDocuments.SERVICE.replace("name: checkout", "name: cart"), Folder.SLO, Folder.POLICY);
        String legal = ": spec.service is 'checkout'; legal: the name of a document of kind Service: cart";
        assertEquals(List.of("a.yaml:10" + legal, "a.yaml:25" + legal), folder.faults());
    }

    /** What nearly every public file says, and what the tools that write such files make of a number. */
    @Test
    void whatIsWrittenElsewhereIsRefusedWithWhatToWriteInstead() {
        String query = "http_requests_total{service=\"checkout\",code!~\"5..\"}";
        folder.write("a.yaml", replaced(Folder.SLO, query, "sum(rate(" + query + "[5m]))"));
        assertEquals(
                List.of("a.yaml:10: spec.indicator.spec.ratioMetric.good.metricSource.spec.query is 'sum(rate(" + query
                        + "[5m]))': column 1: found function or aggregation 'sum'; Portcullis reads raw counters and does the"
                        + " counting itself, so write the selector alone: " + query),
                folder.faults());
        folder.write("a.yaml", replaced(Folder.SLO, "target: 0.999", "targetPercent: \"99.9\""));
        assertOnlyFault(
                "14: spec.objectives[0].targetPercent is '99.9' in quotes, which make it text (write 99.9); legal: a"
                        + " number above 0 and below 100");
        folder.write("a.yaml", replaced(Folder.SLO, "  timeWindow", "  alertPolicies:%%n  timeWindow"));
        assertOnlyFault(
                "12: spec.alertPolicies is empty; legal: a list of mappings; write a value, or remove the key when it"
                        + " is optional");
    }

    @Test
    void namesInQuotesAsPrometheus3WritesThemAreLegal() {
        folder.write("a.yaml", replaced(Folder.SLO, "http_requests_total{", "{\"http.requests\","), Folder.POLICY);
        assertEquals(List.of(), folder.faults());
    }

    private static String replaced(String text, String from, String to) {
        String before = from.replace("%%n", "\n");
        assertTrue(text.contains(before), before);
        return text.replace(before, to.replace("%%n", "\n"));
    }

    private void assertOnlyFault(String... expected) {
        List<String> faults = folder.faults();
        assertEquals(expected.length, faults.size(), faults::toString);
        for (int i = 0; i < expected.length; i++) {
            assertTrue(faults.get(i).startsWith("a.yaml:" + expected[i]), faults::toString);
        }
    }
}
