package dev.portcullis.gate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.Witness.Answer;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.WitnessRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness whose certificate is signed by an authority that Java does not trust. */
final class HttpWitnessIT {
    private static final SignerKey LOG = SignerKey.generate("portcullis.example/audit", new SecureRandom());
    private static final SignerKey WITNESS =
            SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());

    @TempDir
    private Path folder;

    private TestAuthority ours;
    private StubHttpServer server;

    @BeforeEach
    void start() throws IOException {
        ours = new TestAuthority(folder.resolve("ours")).sign("server");
        server = new StubHttpServer(ours.server("server"), false, request -> {
            var note = WitnessRequest.parse(request.body()).checkpoint();
            return Response.text(200, WITNESS.cosign(note.text(), Instant.EPOCH).line());
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer asked(HttpWitness witness) {
        var note = LOG.sign(new Checkpoint("portcullis.example/audit", TreeHead.EMPTY).text());
        return witness.add(new WitnessRequest(0, List.of(), note));
    }

    private HttpWitness trusting(Optional<Path> authorities) {
        var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
        return new HttpWitness(WITNESS.verifier(), URI.create(server.address()), authorities, http);
    }

    @Test
    void itCosignsWhereItsAuthorityIsNamed() {
        var cosigned = assertInstanceOf(Answer.Cosigned.class, asked(trusting(Optional.of(ours.certificate()))));
        assertEquals(1, cosigned.signatures().size());
    }

    @Test
    void itIsNotTrustedWhereNoAuthorityIsNamed() {
        var none = assertInstanceOf(Answer.None.class, asked(trusting(Optional.empty())));
        assertTrue(none.why().contains("signed by no authority that is trusted here"), none::why);
    }

    @Test
    void theFileOfAuthoritiesMayBeRenewedWithoutARestart() throws IOException {
        var file = folder.resolve("witness-ca.pem");
        Files.copy(new TestAuthority(folder.resolve("another")).certificate(), file);
        var witness = trusting(Optional.of(file));
        assertInstanceOf(Answer.None.class, asked(witness));
        Files.delete(file);
        var none = assertInstanceOf(Answer.None.class, asked(witness));
        assertTrue(none.why().contains(file.toString()), none::why);
        Files.copy(ours.certificate(), file, StandardCopyOption.REPLACE_EXISTING);
        assertInstanceOf(Answer.Cosigned.class, asked(witness));
    }
}
