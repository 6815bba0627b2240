package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Withdrawal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What each version stored of approvals is read for ever: {@code stored/<version>}. */
final class StoredApprovalsTest {
    private static final Approval ANN = new Approval(
            "1234",
            "https://login.example",
            "ann@shop.example",
            "looks good",
            Instant.parse("2027-01-01T12:00:00.123456Z"),
            Optional.of(UUID.fromString("8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11")),
            true);
    private static final Approval BOB = new Approval(
            "bob", "portcullis", "bob", "fine", Instant.parse("2027-01-01T12:00:01Z"), Optional.empty(), false);
    private static final Approval BOB_WITHDRAWN = new Approval(
            BOB.subject(),
            BOB.issuer(),
            BOB.name(),
            BOB.reason(),
            BOB.time(),
            BOB.decision(),
            BOB.inAdvance(),
            List.of(),
            Optional.of(new Withdrawal(Instant.parse("2027-01-01T12:00:02Z"), "not so fine")));

    private static final Approval ANN_OF_GROUPS = new Approval(
            ANN.subject(),
            ANN.issuer(),
            ANN.name(),
            ANN.reason(),
            ANN.time(),
            ANN.decision(),
            ANN.inAdvance(),
            List.of("sre", "payments-leads"),
            Optional.empty());

    @Test
    void whatIsStoredIsReadAsItWasMeant() throws IOException {
        assertEquals(List.of(ANN, BOB), StoredApprovals.read(text(2), "7"));
        assertEquals(List.of(ANN, BOB_WITHDRAWN), StoredApprovals.read(text(3), "7"));
        assertEquals(List.of(ANN_OF_GROUPS, BOB_WITHDRAWN), StoredApprovals.read(text(4), "7"));
    }

    @Test
    void whatIsWrittenIsTheNewestVersionAndNothingForNobody() throws IOException {
        var json = new ObjectMapper();
        assertEquals(
                json.readTree(text(4)),
                json.readTree(StoredApprovals.write(List.of(ANN_OF_GROUPS, BOB_WITHDRAWN))
                        .orElseThrow()));
        assertEquals(Optional.empty(), StoredApprovals.write(List.of()));
        assertEquals(List.of(), StoredApprovals.read(null, "7"));
    }

    private static String text(int version) throws IOException {
        var path = "/stored/" + version + "/approvals.json";
        try (var file = Objects.requireNonNull(StoredApprovalsTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
