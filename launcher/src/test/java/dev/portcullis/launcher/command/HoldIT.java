package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that hold promotions, against the running services. */
final class HoldIT {
    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static PortcullisClient ask;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        site = new Site();
        services = TestPortcullis.start(site, folder);
        ask = PortcullisClient.of(services);
    }

    @AfterAll
    static void stop() {
        services.close();
        site.close();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--gate", "127.0.0.1:" + ask.gateGrpc()));
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    private void assertTold(String pattern) {
        assertTrue(out.toString().matches("(?s)" + pattern + "\n"), () -> pattern + " is not\n" + out + err);
    }

    @Test
    void aLineIsStoppedListedAndResumedAndWhoComesSecondHearsOfTheFirst() throws IOException {
        assertEquals(
                0,
                run(
                        "stop",
                        "--service",
                        "shop-*",
                        "--except",
                        "change=security",
                        "--for",
                        "2h",
                        "--reason",
                        "an incident"),
                err::toString);
        assertTold(
                "holds/[0-9a-f-]{36}  ACTIVE  shop-\\* but for change=security; since 20[^ ]*Z until 20[^ ]*Z, by local: an incident");
        assertEquals(0, run("holds", "--service", "shop-eu", "--output", "json"), err::toString);
        var name = json().path("holds").get(0).path("name").asText();
        assertEquals("ACTIVE", json().path("holds").get(0).path("state").asText());
        assertEquals(0, run("resume", name, "--reason", "all is well"), err::toString);
        assertTold(".*  ENDED  .*; ended 20[^ ]*Z, by local: all is well");
        assertEquals(1, run("resume", name, "--reason", "me too"));
        assertTrue(err.toString().contains(name + " was ended at 20"), err::toString);
        assertTrue(err.toString().contains("by 'local': all is well"), err::toString);
        assertEquals(0, run("holds", "--service", "shop-eu"));
        assertTold("nothing is held");
        assertEquals(0, run("holds", "--service", "shop-eu", "--all"));
        assertTold(name + "  ENDED  .*");
    }

    @Test
    void oneReleaseIsHeldAndResumed() throws IOException {
        var release = ask.opened("held1", false).getName();
        assertEquals(0, run("release", "hold", release, "--reason", "I look first", "--output", "json"), err::toString);
        assertEquals(release, json().path("release").asText());
        assertEquals(0, run("release", "resume", release, "--reason", "looks good"), err::toString);
        assertTold("holds/[0-9a-f-]{36}  ENDED  " + release + "; since .*, by local: looks good");
        assertEquals(1, run("release", "resume", release, "--reason", "again"));
        assertTrue(err.toString().startsWith("nobody holds " + release), err::toString);
    }

    @Test
    void whatIsNotLegalIsTold() {
        assertEquals(2, run("stop", "--service", "a", "--reason", "b"));
        assertTrue(err.toString().contains("--for is missing; legal: 1m to 30d"), err::toString);
        assertEquals(2, run("stop", "--service", "a", "--reason", "b", "--for", "31d"));
        assertTrue(err.toString().contains("--for is '31d'; legal: 1m to 30d"), err::toString);
        assertEquals(2, run("stop", "--service", "a", "--reason", "b", "--for", "1h", "--except", "security"));
        assertTrue(err.toString().contains("legal: NAME=VALUE"), err::toString);
        assertEquals(2, run("resume", "0f0e", "--reason", "b"));
        assertTrue(err.toString().contains("legal: holds/{uuid}"), err::toString);
    }
}
