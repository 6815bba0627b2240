package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code audit}: against the running services, and without any. */
final class AuditIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RELEASES = 210;

    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static ManagedChannel channel;
    private static String key = "";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** More entries than a page holds. */
    @BeforeAll
    static void start() {
        var made = new StringWriter();
        assertEquals(
                0,
                RootCommand.commandLine()
                        .setOut(new PrintWriter(made, true))
                        .execute(
                                "audit",
                                "key",
                                "--name",
                                "portcullis.example/audit",
                                folder.resolve("key").toString()));
        key = made.toString().strip();
        site = new Site();
        services = TestPortcullis.start(
                site,
                folder,
                Map.of(
                        "portcullis.audit.key", folder.resolve("key").toString(),
                        "portcullis.audit.checkpoint",
                                folder.resolve("checkpoint").toString()));
        channel = Grpc.newChannelBuilder(gate(), InsecureChannelCredentials.create())
                .build();
        IntStream.range(0, RELEASES).forEach(i -> stub().evaluateGate(EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setRollout("r" + i)
                .setCanary("c" + i)
                .setStable("s1")
                .build()));
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        services.close();
        site.close();
    }

    private static GateServiceBlockingStub stub() {
        return GateServiceGrpc.newBlockingStub(channel);
    }

    private static String gate() {
        return "127.0.0.1:" + PortcullisClient.of(services).gateGrpc();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private List<String> exported(String... filters) {
        var arguments = new ArrayList<>(List.of("audit", "export", "--gate", gate()));
        arguments.addAll(List.of(filters));
        assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
        return lines();
    }

    private int verify(List<String> lines, String... more) throws IOException {
        var file = Files.write(folder.resolve("export.jsonl"), lines);
        var arguments = new ArrayList<>(List.of("audit", "verify", file.toString(), "--key", key));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void whatIsExportedIsVerifiedWithoutAnybodyAndEachDamageIsNamed() throws IOException {
        var release = stub().evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setRollout("by hand")
                        .setCanary("by-hand")
                        .setStable("s1")
                        .build())
                .getRelease()
                .getName();
        stub().promoteRelease(PromoteReleaseRequest.newBuilder()
                .setName(release)
                .setReason("the \"new\" payments\nneed it")
                .build());
        Await.until(
                "a proof", LIMIT, () -> exported("--action", "PROMOTE_RELEASE").size() == 1);
        assertEquals(0, run("audit", "list", "--gate", gate(), "--action", "PROMOTE_RELEASE"), err::toString);
        assertTrue(lines().getFirst().contains("  PROMOTE_RELEASE PROMOTE  local  " + release), out::toString);
        assertTrue(lines().getFirst().endsWith("  the \"new\" payments need it"), out::toString);

        Files.copy(folder.resolve("checkpoint"), folder.resolve("kept"));
        var all = exported();
        assertTrue(all.size() > RELEASES, () -> all.size() + " lines");
        assertEquals(
                0,
                verify(all, "--complete", "--checkpoint", folder.resolve("kept").toString()),
                out::toString);
        assertEquals(
                List.of(all.size() + " of " + all.size() + " entries are as they were written, and none is missing"),
                lines());
        var one = exported("--release", release);
        assertEquals(0, verify(one), out::toString);
        assertTrue(out.toString().contains("--complete tells whether any is missing"));

        damaged(
                "ENTRY_CHANGED",
                all.stream().map(line -> line.replace("need it", "want it")).toList());
        damaged("ENTRY_MISSING", all.subList(1, all.size()));
        var doubled = new ArrayList<>(all);
        doubled.add(all.get(3).replace("\"why\":\"", "\"why\":\"once more, "));
        damaged("ENTRY_INSERTED", doubled);
        var swapped = new ArrayList<>(all);
        swapped.set(3, entry(all.get(7)) + place(all.get(3)));
        swapped.set(7, entry(all.get(3)) + place(all.get(7)));
        damaged("ENTRIES_SWAPPED", swapped);
        var cut = Await.value("a checkpoint of more entries", LIMIT, () -> {
            try {
                exported("--action", "START_SERVICE");
                Files.copy(folder.resolve("checkpoint"), folder.resolve("later"), StandardCopyOption.REPLACE_EXISTING);
                verify(all, "--checkpoint", folder.resolve("later").toString());
                return lines().stream()
                        .filter(line -> line.startsWith("LOG_CUT: "))
                        .findFirst();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertTrue(cut.contains("was signed before"), cut);
        assertEquals(1, verify(List.of("{}")));
        assertTrue(err.toString().contains("line 1 is no object with an entry, an index and a proof"), err::toString);
        assertEquals(1, verify(List.of(all.getFirst().replace("\"index\":", "\"index\":0,\"index\":"))));
        assertTrue(err.toString().contains("line 1 is no JSON: Duplicate"), err::toString);
    }

    private static String entry(String line) {
        return line.substring(0, line.indexOf(",\"index\":"));
    }

    private static String place(String line) {
        return line.substring(line.indexOf(",\"index\":"));
    }

    /** Nothing else is named. */
    private void damaged(String kind, List<String> lines) throws IOException {
        assertEquals(1, verify(lines, "--complete"));
        var told = lines();
        assertTrue(told.size() > 1, out::toString);
        assertTrue(
                told.subList(0, told.size() - 1).stream().allMatch(line -> line.startsWith(kind + ": ")),
                out::toString);
    }

    @Test
    void aKeyIsMadeOnceAndAnotherOneVerifiesNothing() throws IOException {
        assertTrue(key.matches("portcullis\\.example/audit\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44}"), key);
        assertFalse(key.contains("PRIVATE"));
        assertEquals(1, run("audit", "key", "--name", "n", folder.resolve("key").toString()));
        assertTrue(err.toString().contains("cannot be made: "), err::toString);
        assertEquals(
                2, run("audit", "key", "--name", "a b", folder.resolve("other").toString()));
        assertTrue(Files.notExists(folder.resolve("other")));
        assertEquals(
                0,
                run(
                        "audit",
                        "key",
                        "--name",
                        "portcullis.example/audit",
                        folder.resolve("other").toString()));
        var other = lines().getFirst();
        var all = Await.value("lines", LIMIT, () -> Optional.of(exported()).filter(lines -> !lines.isEmpty()));
        var file = Files.write(folder.resolve("another.jsonl"), all.subList(0, 1));
        assertEquals(1, run("audit", "verify", file.toString(), "--key", other));
        assertTrue(lines().getFirst().startsWith("CHECKPOINT_UNSIGNED: "), out::toString);
        assertEquals(2, run("audit", "verify", file.toString(), "--key", "hunter2"));
        assertTrue(err.toString().contains("--key is no verifier key, which is NAME+ID+BASE64"), err::toString);
        assertEquals(3, run("audit", "list", "--gate", "127.0.0.1:1"));
        assertEquals(2, run("audit"));
    }
}
