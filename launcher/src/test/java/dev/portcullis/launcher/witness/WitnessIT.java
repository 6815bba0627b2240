package dev.portcullis.launcher.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.MerkleTree;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.kit.transparency.TileSubtrees;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.WitnessRequest;
import dev.portcullis.launcher.Portcullis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness in the eyes of logs, of an intruder among them, and of whoever pulls its plug. */
final class WitnessIT {
    private static final String ORIGIN = "portcullis.example/audit";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final SignerKey LOG = SignerKey.generate(ORIGIN, new SecureRandom());
    private static final SignerKey NEXT = SignerKey.generate(ORIGIN, new SecureRandom());

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private SignerKey key = LOG;
    private WitnessFile file;
    private WitnessServer server;

    @BeforeEach
    void start() throws IOException, WitnessException {
        key = SignerKeyFile.create(folder.resolve("witness.key"), "witness.example/w1", KeyKind.WITNESS);
        WitnessFile.create(folder.resolve("state"));
        open();
    }

    private void open() throws IOException, WitnessException {
        file = WitnessFile.open(folder.resolve("state"));
        var witness = new Witness(key, List.of(LOG.verifier(), NEXT.verifier()), file, InstantSource.system());
        server = new WitnessServer(witness, new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        file.close();
        http.close();
    }

    /** Up to 256 entries. */
    private static MerkleTree tree(String text, int size) {
        return new MerkleTree(
                new TileSubtrees((level, index) -> IntStream.range(0, level == 0 && index == 0 ? size : 0)
                        .mapToObj(i -> TreeHash.ofLeaf((text + i).getBytes(StandardCharsets.UTF_8)))
                        .toList()),
                size);
    }

    private static String request(SignerKey by, String text, int older, int size) {
        var tree = tree(text, size);
        var note = by.sign(new Checkpoint(by.verifier().name(), tree.head()).text());
        return new WitnessRequest(older, tree.consistency(older), note).text();
    }

    private HttpResponse<String> send(int port, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/add-checkpoint"))
                            .timeout(LIMIT)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int status(String body) {
        return send(server.port(), body).statusCode();
    }

    @Test
    void whatGrowsIsCosigned() {
        var older = 0;
        for (var size : List.of(0, 1, 1, 7, 8, 200)) {
            var body = request(LOG, "entry ", older, size);
            var answer = send(server.port(), body);
            assertEquals(200, answer.statusCode(), answer::body);
            var text = WitnessRequest.parse(body).checkpoint().text();
            var line = SignedNote.signatures(answer.body()).getFirst();
            assertTrue(key.verifier().signs(text, line), answer::body);
            older = size;
        }
        assertEquals(200, status(request(NEXT, "entry ", 200, 200)), "the log's next key signs the same tree");
    }

    @Test
    void whatContradictsIsRefusedWithTheRightStatus() {
        assertEquals(200, status(request(LOG, "entry ", 0, 10)));
        var behind = send(server.port(), request(LOG, "entry ", 3, 20));
        assertEquals(409, behind.statusCode());
        assertEquals("10\n", behind.body());
        assertEquals(
                "text/x.tlog.size", behind.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(409, status(request(LOG, "entry ", 0, 5)), "a cut tail");
        assertEquals(409, status(request(LOG, "other ", 10, 10)), "another tree of the same size");
        assertEquals(422, status(request(LOG, "other ", 10, 20)), "another log with its own proof");
        assertEquals(
                422,
                status(request(LOG, "entry ", 10, 20).replaceFirst("old 10\n[^\n]+\n", "old 10\n")),
                "a proof with a hash less");
        var older = new WitnessRequest(
                10, List.of(), LOG.sign(new Checkpoint(ORIGIN, tree("entry ", 5).head()).text()));
        assertEquals(400, status(older.text()), "an older size that is larger");
        assertEquals(400, status("hunter2"));
        var stranger = SignerKey.generate(ORIGIN, new SecureRandom());
        assertEquals(403, status(request(stranger, "entry ", 10, 20)));
        var unknown = SignerKey.generate("another.example/audit", new SecureRandom());
        assertEquals(404, status(request(unknown, "entry ", 0, 1)));
        assertEquals(413, status("x".repeat(70_000)));
        assertEquals(200, status(request(LOG, "entry ", 10, 11)), "it goes on from what it has cosigned");
    }

    @Test
    void ofManyTreesThatAreSentAtOnceOneIsCosigned() throws InterruptedException {
        var cosigned = new AtomicInteger();
        var begin = new CountDownLatch(1);
        var threads = IntStream.range(0, 16)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    if (status(request(LOG, "tree " + i + " ", 0, 50)) == 200) {
                        cosigned.incrementAndGet();
                    }
                }))
                .toList();
        begin.countDown();
        for (var thread : threads) {
            assertTrue(thread.join(LIMIT));
        }
        assertEquals(1, cosigned.get());
    }

    @Test
    void whatWasCosignedIsRememberedAndAFileThatIsGoneOrBrokenOrInUseBeginsNothing()
            throws IOException, WitnessException {
        assertEquals(200, status(request(LOG, "entry ", 0, 10)));
        var inUse = assertThrows(WitnessException.class, () -> WitnessFile.open(folder.resolve("state")));
        assertEquals(folder.resolve("state") + " is used by another witness", inUse.getMessage());
        server.close();
        file.close();
        open();
        assertEquals("10\n", send(server.port(), request(LOG, "other ", 0, 3)).body());
        assertEquals(
                new TreeHead(10, tree("entry ", 10).head().root()),
                file.last(ORIGIN).orElseThrow());
        var gone = assertThrows(WitnessException.class, () -> WitnessFile.open(folder.resolve("none")));
        assertTrue(
                String.valueOf(gone.getMessage()).contains("put it back, or begin one with --new"), gone::getMessage);
        Files.writeString(folder.resolve("broken"), "10 hunter2 " + ORIGIN + "\n");
        var broken = assertThrows(WitnessException.class, () -> WitnessFile.open(folder.resolve("broken")));
        assertTrue(String.valueOf(broken.getMessage()).contains("not SIZE ROOT ORIGIN"), broken::getMessage);
    }

    @Test
    void aKilledOneHasForgottenNothing() throws InterruptedException {
        var newest = new AtomicLong();
        for (var round = 0; round < 4; round++) {
            var output = folder.resolve("output" + round);
            var arguments = new ArrayList<>(List.of(
                    "audit",
                    "witness",
                    "--port",
                    "0",
                    "--key",
                    folder.resolve("witness.key").toString()));
            arguments.addAll(List.of(
                    "--log",
                    LOG.verifier().text(),
                    "--state",
                    folder.resolve("killed").toString()));
            if (round == 0) {
                arguments.add("--new");
            }
            try (var child = ChildJvm.start(Portcullis.class, arguments, Map.of(), output)) {
                var line = child.awaitLine("witness ", LIMIT);
                var port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                var told = Integer.parseInt(
                        send(port, request(LOG, "other ", 250, 250)).body().strip());
                assertTrue(told >= newest.get(), told + " after " + newest);
                if (told > 0) {
                    assertEquals(
                            409, send(port, request(LOG, "other ", told, told)).statusCode());
                    assertEquals(
                            422,
                            send(port, request(LOG, "other ", told, told + 1)).statusCode());
                }
                var grown = new CountDownLatch(1 + round * 3);
                var asking = Thread.startVirtualThread(() -> grow(port, told, newest, grown));
                assertTrue(grown.await(60, TimeUnit.SECONDS));
                child.kill();
                assertTrue(asking.join(LIMIT));
            }
        }
        assertTrue(newest.get() > 4, newest::toString);
    }

    /** Until it is killed. */
    private void grow(int port, int from, AtomicLong newest, CountDownLatch grown) {
        try {
            for (var size = from + 1; size < 250; size++) {
                assertEquals(
                        200, send(port, request(LOG, "entry ", size - 1, size)).statusCode());
                newest.set(size);
                grown.countDown();
            }
        } catch (UncheckedIOException e) {
            // It is gone.
        }
    }
}
