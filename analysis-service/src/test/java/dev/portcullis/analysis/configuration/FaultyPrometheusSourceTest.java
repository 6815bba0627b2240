package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyPrometheusSourceTest {
    private static final String SOURCE = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: main}
            spec:
              type: Prometheus
              connectionDetails:
                url: https://mimir.example/prometheus
                tenant: team-a
                tenantHeader: X-Scope-OrgID
                headers: {X-Region: eu}
                bearerTokenFile: /run/secrets/token
                tls: {caFile: /ca.crt, certFile: /me.crt, keyFile: /me.key}
                parameters: {dedup: "true", 'replicaLabels[]': replica}
                maxSeries: 20000
                timeout: 1s
                queryOffset: 30s
            """;
    private static final String BASIC = "basicAuth: {username: portcullis, passwordFile: /run/secrets/password}";

    @TempDir
    private Path path;

    @Test
    void everyKeyIsLegal() {
        assertEquals(List.of(), faults(SOURCE));
        assertEquals(List.of(), faults(SOURCE.replace("bearerTokenFile: /run/secrets/token", BASIC)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "url: https:// | url: // | a.yaml:7: spec.connectionDetails.url is '//mimir.example/prometheus': it does not begin with http",
                "https:// | https://me:s3cret@ | it holds a user or password",
                "https:// | http:// | a.yaml:12: spec.connectionDetails.tls is given, but the address begins with http://; legal: https://",
                "tenant: team-a | tenant: team a | a.yaml:8: spec.connectionDetails.tenant is 'team a'; legal: printable ASCII without spaces",
                "tenant: team-a | maxSeries: 1 | a.yaml:9: spec.connectionDetails.tenantHeader is given, but tenant is not; legal: both",
                "X-Scope-OrgID | X Scope | a.yaml:9: spec.connectionDetails.tenantHeader is 'X Scope'; legal: the name of a header",
                "X-Scope-OrgID | Authorization | tenantHeader is 'Authorization'; legal: the name of a header, such as THANOS-TENANT",
                "X-Region: eu | Authorization: s3cret | a.yaml:10: spec.connectionDetails.headers.Authorization is given; legal: the name of a header that is not set here, unlike Authorization (use bearerTokenFile",
                "X-Region: eu | host: s3cret | headers.host is given; legal:",
                "X-Region: eu | 'X Region': s3cret | headers.X Region is given; legal:",
                "X-Region: eu | X-Region: s3crét | a.yaml:10: spec.connectionDetails.headers.X-Region has a value that no header can have",
                "X-Region: eu | X-Region: [s3cret] | headers.X-Region is a list; legal: text",
                "headers: {X-Region: eu} | headers: eu | spec.connectionDetails.headers is 'eu'; legal: a mapping",
                "bearerTokenFile: | bearerTokenEnv: TOKEN%%n    bearerTokenFile: | a.yaml:12: spec.connectionDetails.bearerTokenEnv and bearerTokenFile are both given; legal: one of them, which names the place of the token, never the token itself",
                "bearerTokenFile: | bearerToken: | unknown key 'bearerToken' in spec.connectionDetails; legal: url, headers, tenant,",
                "bearerTokenFile: | basicAuth: {username: me, passwordEnv: P}%%n    bearerTokenFile: | a.yaml:11: spec.connectionDetails.basicAuth and a bearerToken are both given; legal: one of them",
                "bearerTokenFile: /run/secrets/token | basicAuth: {username: me} | a.yaml:11: spec.connectionDetails.basicAuth.passwordEnv and passwordFile are not given; legal: one of them, which names the place of the password",
                "bearerTokenFile: /run/secrets/token | basicAuth: {passwordEnv: P} | a.yaml:11: spec.connectionDetails.basicAuth.username is missing",
                "bearerTokenFile: /run/secrets/token | basicAuth: {username: 'a:b', passwordEnv: P} | basicAuth.username holds a colon",
                "bearerTokenFile: /run/secrets/token | basicAuth: {username: a, password: s3cret, passwordEnv: P} | unknown key 'password' in spec.connectionDetails.basicAuth",
                ", keyFile: /me.key | ^^ | a.yaml:12: spec.connectionDetails.tls.certFile and keyFile belong together; legal: both, or none",
                "{caFile: /ca.crt, certFile: /me.crt, keyFile: /me.key} | {} | a.yaml:12: spec.connectionDetails.tls names no file; legal: caFile, or certFile with keyFile",
                "caFile | ca | unknown key 'ca' in spec.connectionDetails.tls",
                "dedup: | query: | a.yaml:13: spec.connectionDetails.parameters.query is given, but it is set for each query",
                "dedup: | 'a b': | spec.connectionDetails.parameters.a b is given; legal: the name of a parameter",
                "maxSeries: 20000 | maxSeries: 0 | a.yaml:14: spec.connectionDetails.maxSeries is 0; legal: a whole number from 1 to 1000000",
                "timeout: 1s | timeout: 2s | a.yaml:15: spec.connectionDetails.timeout is '2s'; legal: a duration from 100ms to 1s800ms",
                "queryOffset: 30s | queryOffset: 1h | a.yaml:16: spec.connectionDetails.queryOffset is '1h'; legal: a duration from 1s to 10m",
                "queryOffset | offset | unknown key 'offset' in spec.connectionDetails"
            })
    void aFaultyKeyIsRefusedWithItsLineAndShowsNoSecret(String from, String to, String fault) {
        String before = from.replace("%%n", "\n");
        assertTrue(SOURCE.contains(before), before);
        List<String> faults = faults(SOURCE.replace(before, to.replace("%%n", "\n")));
        assertTrue(faults.stream().anyMatch(f -> f.startsWith("a.yaml:") && f.contains(fault)), faults::toString);
        assertFalse(faults.toString().contains("s3cr"), faults::toString);
    }

    private List<String> faults(String source) {
        Folder folder = new Folder(path);
        folder.write("a.yaml", source);
        return folder.faults();
    }
}
