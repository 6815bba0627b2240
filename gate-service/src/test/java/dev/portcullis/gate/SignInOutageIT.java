package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People and their sessions while the database does not answer. */
@Timeout(180)
final class SignInOutageIT extends SignInSetup {
    private DatabaseProxy proxy;

    @Override
    DatabaseSettings database() throws IOException {
        proxy = new DatabaseProxy(TestDatabase.fresh());
        return proxy.settings();
    }

    @Override
    Map<String, Object> settings() {
        return GateUnderTest.SHORT_STATEMENTS;
    }

    /** The gate first, which would miss it. */
    @Override
    @AfterAll
    void stop() throws IOException {
        super.stop();
        proxy.close();
    }

    @Test
    void aSessionThatCannotBeLookedUpIsSaidToBeThatAndGoesOn() throws Exception {
        var browser = signedIn();
        var callback = callback(browser());
        proxy.fallSilent();
        var refused = browser.visit("/console");
        assertEquals(503, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("You cannot be recognized just now"), refused.body());
        assertTrue(refused.body().contains("Nothing was done; try again in a moment."), refused.body());
        assertEquals(503, browser.fetch("/console/holds").statusCode());
        assertEquals(400, browser().visit(callback).statusCode());
        proxy.recover();
        Await.until(
                "the session again",
                GateUnderTest.LIMIT,
                () -> browser.visit("/console").statusCode() == 200);
    }
}
