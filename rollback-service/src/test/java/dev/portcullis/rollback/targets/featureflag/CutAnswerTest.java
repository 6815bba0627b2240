package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.targets.featureflag.FlagFault.Kind;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Answers of a provider that break off: nothing is decided by one, and the next look may be whole. */
class CutAnswerTest {
    private static final String FLAG =
            "{\"key\":\"new-checkout\",\"environments\":{\"production\":{\"on\":false,\"version\":12}}}";
    private static final String ENVIRONMENT =
            "{\"key\":\"production\",\"approvalSettings\":{\"required\":true,\"requiredApprovalTags\":[]}}";

    @Test
    void noPartOfALaunchDarklyFlagIsAFlag() throws FlagFault {
        var settings = FlagFixture.settings("launchdarkly", Map.of("environment", "production"));
        assertFalse(LaunchDarklyFlag.of(FLAG, settings).on());
        everyPartIsPassing(FLAG, part -> LaunchDarklyFlag.of(part, settings));
    }

    @Test
    void noPartOfALaunchDarklyEnvironmentSaysThatNoApprovalIsNeeded() throws FlagFault {
        assertEquals(
                true, LaunchDarklyApproval.of(response(ENVIRONMENT), Set.of()).required());
        everyPartIsPassing(ENVIRONMENT, part -> LaunchDarklyApproval.of(response(part), Set.of()));
    }

    @Test
    void noPartOfAFlagDefinitionIsOne() throws FlagFault {
        var document = FlagFile.ON.strip();
        assertFalse(FlagdDocument.read(document, "file f", "new-checkout", Optional.empty())
                .off());
        everyPartIsPassing(document, part -> FlagdDocument.read(part, "file f", "new-checkout", Optional.empty()));
    }

    private interface Reader {
        Object read(String part) throws FlagFault;
    }

    private static void everyPartIsPassing(String whole, Reader reader) {
        for (int length = 0; length < whole.length(); length++) {
            var part = whole.substring(0, length);
            Executable read = () -> reader.read(part);
            assertEquals(Kind.PASSING, assertThrows(FlagFault.class, read, part).kind(), part);
        }
    }

    private static FlagResponse response(String body) {
        var none = HttpHeaders.of(Map.of(), (name, value) -> true);
        return new FlagResponse(
                "GET http://a/b", 200, none, body, new ResponseRedactor(Optional.empty()), Duration.ZERO);
    }
}
