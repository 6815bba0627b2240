package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.group.GroupMember;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReleaseGroupDocumentsTest {
    private static final String DOCUMENT = """
            apiVersion: portcullis.dev/v1
            kind: ReleaseGroup
            metadata: {name: payments}
            spec:
              label: change
              inOrder: true
              members:
                - {service: ledger}
                - {service: shop, namespace: eu}
                - {service: shop, namespace: us, rollout: web}
            ---
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: ledger}
            spec: {service: ledger}
            ---
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: shop}
            spec: {service: shop}
            """;

    private final Faults faults = new Faults();

    private List<ReleaseGroup> read(String text) {
        return GatePolicies.parse(
                        ConfigurationDocument.ofText("g.yaml", text, faults), faults, RuleWiring.policyRules())
                .groups();
    }

    @Test
    void everythingADocumentMaySayIsRead() {
        assertEquals(
                List.of(new ReleaseGroup(
                        "payments",
                        "change",
                        List.of(
                                new GroupMember("ledger", "", ""),
                                new GroupMember("shop", "eu", ""),
                                new GroupMember("shop", "us", "web")),
                        true)),
                read(DOCUMENT));
        assertEquals(List.of(), faults.list());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {service: ledger} | {service: ledgre} | g.yaml:8: spec.members[0].service is 'ledgre', which no ReleasePolicy is for
                    {service: ledger} | {namespace: x} | spec.members[0].service is missing
                    {service: ledger} | {service: shop} | g.yaml:9: spec.members[1].service names 'shop' in namespace 'eu', and another member, of this group or another, 'shop': a release would be of both
                    {service: shop, namespace: eu} | {service: shop, rollout: web} | g.yaml:10: spec.members[2].service names 'shop' in namespace 'us' by rollout 'web', and another member, of this group or another, 'shop' by rollout 'web'
                    {service: ledger} | {service: ledger, cluster: x} | unknown key 'cluster' in spec.members[0]
                    label: change | other: change | spec.label is missing
                    label: change | label: a=b | g.yaml:5: spec.label is 'a=b'; legal: the name of a label, without '=' and ','
                    inOrder: true | inOrder: 1 | g.yaml:6: spec.inOrder is 1; legal: true, false
                    """)
    void whatIsNotLegalIsToldWithItsPlace(String was, String now, String fault) {
        // Of the members, which come before the policies.
        read(DOCUMENT.replaceFirst(Pattern.quote(was), now));
        assertTrue(faults.list().toString().contains(fault), faults.list().toString());
    }

    @Test
    void aRuleThatLetsNotAllOfThemBeInProgressIsAFault() {
        var rule = "spec: {service: ledger, gate: {rules: [{concurrency: {most: 2, services: ['*']}}]}}";
        read(DOCUMENT.replace("spec: {service: ledger}", rule));
        assertEquals(
                List.of(
                        "g.yaml:15: spec.gate.rules has 'concurrency', which lets at most 2 releases of * be in progress at once,"
                                + " fewer than the ReleaseGroup 'payments' has, whose releases would wait for each other"),
                faults.list().stream().map(Object::toString).toList());
    }

    @Test
    void oneThatLetsThemIsNone() {
        var rule =
                "spec: {service: ledger, gate: {rules: [{concurrency: {most: 3}}, {concurrency: {most: 2, services: ['*'], name: n, onTrial: true}}]}}";
        read(DOCUMENT.replace("spec: {service: ledger}", rule));
        assertEquals(List.of(), faults.list());
    }

    @Test
    void oneMemberIsNoGroup() {
        read(DOCUMENT.replaceAll("    - .service: shop.*\n", ""));
        assertTrue(
                faults.list().toString().contains("spec.members has 1; legal: two or more"),
                faults.list().toString());
    }

    @Test
    void aServiceIsInOneGroup() {
        read(DOCUMENT + """
                ---
                apiVersion: portcullis.dev/v1
                kind: ReleaseGroup
                metadata: {name: other}
                spec: {label: train, members: [{service: ledger}, {service: shop, namespace: asia}]}
                """);
        assertEquals(1, faults.list().size(), faults.list().toString());
    }
}
