package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.Reachability;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.launcher.services.AllServices;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services with a certificate that is for no address, and with certificates that they show each other; and commands that ask them. */
final class TlsBetweenServicesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static AllServices services;

    @BeforeAll
    static void start() throws Exception {
        authority = new TestAuthority(folder.resolve("authority"))
                .signAs("server", "dns:gate.shop.example,dns:localhost")
                .signAs("service", "uri:spiffe://shop.example/portcullis");
        services = TestPortcullis.startEmpty(folder, settings(authority));
    }

    private static Map<String, Object> settings(TestAuthority trusted) {
        return Map.of(
                "portcullis.tls.certificate-file",
                        authority.certificate("server").toString(),
                "portcullis.tls.key-file", authority.key("server").toString(),
                "portcullis.tls.client-ca-file", authority.certificate().toString(),
                "portcullis.tls.ca-file", trusted.certificate().toString(),
                "portcullis.tls.client-certificate-file",
                        authority.certificate("service").toString(),
                "portcullis.tls.client-key-file", authority.key("service").toString());
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void theyReachEachOther() {
        Await.until(
                "calls of analysis-service and rollback-service that succeeded",
                LIMIT,
                () -> seen(services, "analysis").calls() > 0
                        && seen(services, "rollback").calls() > 0);
        assertEquals(0, seen(services, "analysis").failed());
        assertEquals(0, seen(services, "rollback").failed());
    }

    private static Reachability seen(AllServices services, String downstream) {
        return services.gate().get(Breakers.class).seen().getOrDefault(downstream, new Reachability(true, "", 0, 0));
    }

    @Test
    void theyDoNotTalkToOneOfAnotherAuthority(@TempDir Path other) throws Exception {
        var settings = new HashMap<>(settings(new TestAuthority(other.resolve("authority"))));
        try (var strangers = TestPortcullis.startEmpty(other, settings)) {
            Await.until("failed calls", LIMIT, () -> seen(strangers, "analysis").failed() > 0);
            assertEquals(
                    seen(strangers, "analysis").calls(),
                    seen(strangers, "analysis").failed());
        }
    }

    private static String run(int exitCode, String... arguments) {
        var told = new StringWriter();
        var writer = new PrintWriter(told, true);
        var all = new ArrayList<>(List.of("release", "list"));
        all.addAll(List.of(arguments));
        var code = RootCommand.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
        assertEquals(exitCode, code, told::toString);
        return told.toString();
    }

    @Test
    void aCommandIsToldWhichAuthoritiesToTrust() {
        var port = services.gate().grpcPort();
        var trusted = authority.certificate().toString();
        assertEquals("no release\n", run(0, "--gate", "https://localhost:" + port, "--ca-file", trusted));
        assertEquals("no release\n", run(0, "--gate", "localhost:" + port, "--ca-file", trusted));
        var name = run(3, "--gate", "https://127.0.0.1:" + port, "--ca-file", trusted);
        assertTrue(name.contains("the server's certificate is not for this host ("), name);
        var unknown = run(3, "--gate", "https://localhost:" + port);
        assertTrue(
                unknown.contains("the server's certificate is signed by no authority that is trusted here"), unknown);
        var absent = run(3, "--gate", "https://localhost:" + port, "--ca-file", "nowhere.crt");
        assertTrue(absent.contains("file nowhere.crt cannot be read: there is no such file or folder"), absent);
        var plain = run(3, "--gate", "http://localhost:" + port);
        assertTrue(plain.contains("gate-service at localhost:" + port), plain);
    }
}
