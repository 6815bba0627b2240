package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedBrowser;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.Await;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gates on one database, between which a proxy sends browsers now here and now there, by TLS that it takes off. */
final class SignInReplicasIT extends SignInSetup {
    private static final String PUBLIC = "https://gate.example";

    private RunningService second;

    @BeforeAll
    void startSecond() {
        configure(SRE, signIn(PUBLIC + "/"));
        provider.register(PUBLIC + "/console/sign-in/callback");
        second = gate.another();
        Await.until("sign-in with the second", GateUnderTest.LIMIT, () -> second.get(CallerVerifier.class)
                .signIn()
                .isPresent());
    }

    @AfterAll
    void stopSecond() {
        second.close();
    }

    /** What a proxy makes of a public address for one of them. */
    private static String inside(String address) {
        assertTrue(address.startsWith(PUBLIC + "/"), address);
        return address.substring(PUBLIC.length());
    }

    /** Begins with one and ends with the other. */
    private PlayedBrowser signedInByBoth() {
        var browser = browser();
        var elsewhere = browser.location(browser.visit("/console/sign-in?to=/console/holds"));
        assertEquals(PUBLIC + "/console/sign-in?to=%2Fconsole%2Fholds&at=public", elsewhere);
        var back = browser.location(browser.visit(browser.location(browser.visit(inside(elsewhere)))));
        var there = browser.at(uri(second));
        var done = there.visit(inside(back));
        assertEquals(uri(second) + "/console/holds", there.location(done));
        assertEquals(
                "__Host-portcullis-session=" + cookie(there, "session") + "; Path=/; HttpOnly; SameSite=Lax; Secure",
                there.setCookies().getLast());
        return there;
    }

    @Test
    void aSignInThatOneBeginsTheOtherEnds() {
        var there = signedInByBoth();
        assertEquals(200, there.visit("/console").statusCode());
        assertEquals(200, there.at(gate.uri("")).visit("/console").statusCode());
        assertTrue(
                there.cookies().containsKey("__Host-portcullis-sign-in"),
                there.cookies().toString());
    }

    @Test
    void aFormThatOneMakesTheOtherTakes() {
        var there = signedInByBoth();
        var here = there.at(gate.uri(""));
        var path = ConsoleCalls.path(release);
        var token = ConsoleCalls.token(there.visit(path).body());
        var held = here.submit(path + "/hold", Map.of("token", token, "reason", "made there"));
        assertEquals(303, held.statusCode(), held.body());
        var resumed = there.submit(path + "/resume", Map.of("token", token, "reason", "made there"));
        assertEquals(303, resumed.statusCode(), resumed.body());
    }

    @Test
    void whoSignsOutOfOneIsOutOfTheOther() {
        var there = signedInByBoth();
        var here = there.at(gate.uri(""));
        var token = ConsoleCalls.token(here.visit("/console").body());
        var out = here.submit("/console/sign-out", Map.of("token", token));
        assertEquals(303, out.statusCode());
        assertFalse(hasSession(here));
        assertTrue(hasSession(there));
        assertEquals(303, there.visit("/console").statusCode());
    }

    /** Without a session, by the token of a header. */
    @Test
    void alsoAFormWithoutASessionIsTakenByBoth() {
        provider.person("ann", Map.of("groups", List.of("sre")));
        var path = ConsoleCalls.path(release);
        var page = gate.send(
                HttpRequest.newBuilder(URI.create(uri(second) + path)).header("Authorization", "Bearer " + TOKEN));
        var form = ConsoleCalls.form(gate, path + "/hold", ConsoleCalls.token(page.body()), "made there")
                .header("Authorization", "Bearer " + TOKEN);
        assertEquals(303, gate.send(form).statusCode());
    }
}
