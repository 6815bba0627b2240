package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HelmKindTest {
    private final Faults faults = new Faults();

    private TargetSettings read(String section) {
        return TargetPolicy.read(new HelmKind(), section, faults);
    }

    @Test
    void everyKeyIsRead() {
        assertEquals(
                new TargetSettings(
                        "helm",
                        "helm release eu/shop/web",
                        Map.of(
                                "cluster",
                                "eu",
                                "namespace",
                                "shop",
                                "release",
                                "web",
                                "program",
                                "/opt/helm",
                                "timeout",
                                "PT2M",
                                "pendingFor",
                                "PT10M")),
                read(
                        "{cluster: eu, namespace: shop, release: web, program: /opt/bin/../helm, timeout: 2m, pendingFor: 10m}"));
        assertEquals("[]", faults.list().toString());
    }

    /** What begins with a dash would be an option of helm. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{release: --post-renderer=evil};spec.release is '--post-renderer=evil'",
                "{namespace: '-n'};spec.namespace is '-n'",
                "{release: 'a b'};spec.release is 'a b'",
                "{program: bin/helm};spec.program is 'bin/helm'",
                "{program: ''};spec.program",
                "{timeout: 20m};spec.timeout",
            })
    void whatIsNotLegalIsAFault(String section, String fault) {
        read(section);
        assertTrue(faults.list().toString().contains(fault), faults.list().toString());
    }
}
