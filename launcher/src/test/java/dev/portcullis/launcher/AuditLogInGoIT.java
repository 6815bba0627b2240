package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.MerkleTree;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TileSubtrees;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.launcher.witness.Witness;
import dev.portcullis.launcher.witness.WitnessFile;
import dev.portcullis.launcher.witness.WitnessServer;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of running services in the eyes of the libraries that check Go's modules: they accept it as it is, and nothing else. */
@Tag("extra")
final class AuditLogInGoIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SignerKey WITNESS =
            SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());

    /** What the program is asked; an older checkpoint is empty when none is to be compared. */
    private record Question(
            String key, String entry, String proof, String older, List<String> consistency, String witness) {
        Map<String, Object> json() {
            return Map.of(
                    "key",
                    key,
                    "entry",
                    entry,
                    "proof",
                    proof,
                    "older",
                    older,
                    "consistency",
                    consistency,
                    "witness",
                    witness);
        }

        Question withEntry(String other) {
            return new Question(key, other, proof, older, consistency, witness);
        }

        Question withProof(String other) {
            return new Question(key, entry, other, older, consistency, witness);
        }

        Question withWitness(VerifierKey other) {
            return new Question(key, entry, proof, older, consistency, other.text());
        }

        Question withOlder(SignedNote other, List<TreeHash> hashes) {
            return new Question(
                    key,
                    entry,
                    proof,
                    other.format(),
                    hashes.stream().map(TreeHash::base64).toList(),
                    witness);
        }
    }

    @Test
    void theLogIsAcceptedAsItIsAndRefusedOtherwise(@TempDir Path folder) throws Exception {
        var key = SignerKeyFile.create(folder.resolve("key"), "portcullis.example/audit");
        WitnessFile.create(folder.resolve("state"));
        try (var site = new Site();
                var state = WitnessFile.open(folder.resolve("state"));
                var server = new WitnessServer(
                        new Witness(WITNESS, List.of(key.verifier()), state, InstantSource.system()),
                        new InetSocketAddress("127.0.0.1", 0));
                var services = TestPortcullis.start(site, folder, settings(folder, server))) {
            var channel = Grpc.newChannelBuilder(
                            "127.0.0.1:" + PortcullisClient.of(services).gateGrpc(),
                            InsecureChannelCredentials.create())
                    .build();
            try {
                look(key, services, channel);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static Map<String, Object> settings(Path folder, WitnessServer server) throws IOException {
        var witnesses = Files.writeString(
                folder.resolve("witnesses"),
                "http://127.0.0.1:" + server.port() + " " + WITNESS.verifier().text() + "\n");
        return Map.of(
                "portcullis.audit.key", folder.resolve("key").toString(),
                "portcullis.audit.witnesses", witnesses.toString());
    }

    /** Proved by a checkpoint that the witness has cosigned. */
    private static Question witnessed(SignerKey key, ManagedChannel channel) {
        var found = Await.value("a cosigned checkpoint", LIMIT, () -> {
            try {
                return AuditServiceGrpc.newBlockingStub(channel)
                        .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                                .setProofs(true)
                                .setWitnessed(true)
                                .build())
                        .getEntriesList()
                        .stream()
                        .filter(entry -> !entry.getProof().isEmpty())
                        .findFirst();
            } catch (StatusRuntimeException e) {
                return Optional.<AuditEntry>empty();
            }
        });
        return question(key, found).withWitness(WITNESS.verifier());
    }

    private static void look(SignerKey key, AllServices services, ManagedChannel channel) throws IOException {
        var older = Await.value("a checkpoint", LIMIT, () -> log(services).checkpoint());
        for (var i = 0; i < 3; i++) {
            GateServiceGrpc.newBlockingStub(channel)
                    .evaluateGate(EvaluateGateRequest.newBuilder()
                            .setService("checkout")
                            .setRollout("r" + i)
                            .setCanary("c" + i)
                            .setStable("s1")
                            .build());
        }
        var entries = Await.value("proofs of three decisions", LIMIT, () -> Optional.of(proved(channel))
                .filter(found -> found.stream()
                                .filter(entry -> entry.getBody().contains("\"action\":\"DECIDE\""))
                                .count()
                        >= 3));
        var good = question(key, entries.get(0));
        var other = question(key, entries.get(1));
        var size = Checkpoint.parse(note(good).text()).head().size();
        var tree = new MerkleTree(
                new TileSubtrees((level, index) -> log(services)
                        .tile(new Tile(OptionalInt.of(level), index, (int) size))
                        .map(AuditLogInGoIT::hashes)
                        .orElse(List.of())),
                size);
        var olderSize = Checkpoint.parse(older.text()).head().size();
        var extending = good.withOlder(older, tree.consistency(olderSize));
        var larger = key.sign(new Checkpoint(
                        key.verifier().name(),
                        new TreeHead(size + 5, tree.head().root()))
                .text());
        var anotherTree =
                key.sign(new Checkpoint(key.verifier().name(), new TreeHead(olderSize, TreeHash.EMPTY)).text());
        var witnessed = witnessed(key, channel);
        var questions = new ArrayList<>(List.of(good, other, extending, witnessed));
        var accepted = questions.size();
        // a changed field; an entry that was never recorded; two that are swapped; another place
        questions.add(good.withEntry(good.entry().replaceFirst("\"outcome\":\"SUCCESS\"", "\"outcome\":\"DENIED\"")));
        questions.add(good.withEntry("{\"action\":\"DECIDE\"}"));
        questions.add(good.withEntry(other.entry()));
        questions.add(other.withEntry(good.entry()));
        questions.add(good.withProof(good.proof().replaceFirst("index \\d+", "index 0")));
        // another size or another key under the signature; a hash less
        questions.add(good.withProof(good.proof().replaceFirst("\n" + size + "\n", "\n" + (size - 1) + "\n")));
        questions.add(good.withProof(good.proof()
                .replace(
                        note(good).format(),
                        SignerKey.generate(key.verifier().name(), new SecureRandom())
                                .sign(note(good).text())
                                .format())));
        questions.add(good.withProof(good.proof().replaceFirst("(index \\d+\n)[^\n]+\n", "$1")));
        // somebody else in the witness's name, another time, nobody
        questions.add(
                witnessed.withWitness(SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom())
                        .verifier()));
        questions.add(witnessed.withProof(witnessed.proof().replaceFirst("(w1 .{8})A", "$1B")));
        questions.add(witnessed.withProof(witnessed.proof().replaceFirst("\u2014 witness[^\n]+\n", "")));
        // an end that was cut off since an older checkpoint; a database that was replaced
        questions.add(good.withOlder(larger, List.of()));
        questions.add(good.withOlder(anotherTree, tree.consistency(olderSize)));
        var answers = ask(questions);
        assertEquals(questions.size(), answers.size());
        for (var i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            assertEquals(i < accepted, answer.isEmpty(), questions.get(i) + ": " + answer);
        }
    }

    private static AuditLog log(AllServices services) {
        return services.gate().get(AuditLog.class);
    }

    private static List<AuditEntry> proved(ManagedChannel channel) {
        return AuditServiceGrpc.newBlockingStub(channel)
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setProofs(true).build())
                .getEntriesList()
                .stream()
                .filter(entry -> !entry.getProof().isEmpty())
                .toList();
    }

    private static Question question(SignerKey key, AuditEntry entry) {
        return new Question(key.verifier().text(), entry.getBody(), entry.getProof(), "", List.of(), "");
    }

    private static SignedNote note(Question question) {
        return TlogProof.parse(question.proof()).checkpoint();
    }

    private static List<TreeHash> hashes(byte[] tile) {
        List<TreeHash> hashes = new ArrayList<>();
        for (var i = 0; i < tile.length; i += TreeHash.LENGTH) {
            hashes.add(TreeHash.of(Arrays.copyOfRange(tile, i, i + TreeHash.LENGTH)));
        }
        return hashes;
    }

    private static List<String> ask(List<Question> questions) throws IOException {
        var program = new ProcessBuilder("go", "run", ".")
                .directory(Path.of("src/test/go/transparency").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = program.outputWriter(StandardCharsets.UTF_8)) {
            in.write(JSON.writeValueAsString(
                    questions.stream().map(Question::json).toList()));
        }
        var answers = new ArrayList<String>();
        JSON.readTree(program.getInputStream()).forEach(answer -> answers.add(answer.textValue()));
        try {
            assertTrue(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertEquals(0, program.exitValue());
        return answers;
    }
}
