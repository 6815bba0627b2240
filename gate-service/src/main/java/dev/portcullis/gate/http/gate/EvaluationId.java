package dev.portcullis.gate.http.gate;

import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The id of an evaluation: the question itself and the release it is about, so that every replica understands it and nothing has to be kept. It is no secret, and
 * lets nobody ask what he may not ask without it.
 */
public final class EvaluationId {
    private static final byte VERSION = 1;
    /** That of a question with rules, which stand at its end: of a release they are kept, so that only one that has opened none yet has to bring them. */
    private static final byte VERSION_WITH_RULES = 2;
    /** How much there is of the digest at the end, which tells a cut or misspelt id from a good one. */
    private static final int DIGEST_BYTES = 6;

    private EvaluationId() {}

    /**
     * What an id stands for.
     *
     * @param rules those that the question adds, which are still to be read, for whoever has the id may have made it; empty for none
     */
    record Question(GateRequest request, String rules) {}

    /** The id, of characters that stand in an address as they are: A to Z, a to z, 0 to 9, - and _. */
    static String of(GateRequest request) {
        var bytes = new ByteArrayOutputStream();
        var rules = request.release().isPresent()
                ? List.<AddedRule>of()
                : request.details().rules();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(rules.isEmpty() ? VERSION : VERSION_WITH_RULES);
            out.writeBoolean(request.dryRun());
            out.writeBoolean(request.release().isPresent());
            if (request.release().isPresent()) {
                out.writeLong(request.release().get().getMostSignificantBits());
                out.writeLong(request.release().get().getLeastSignificantBits());
            }
            out.writeUTF(request.step());
            out.writeUTF(request.key().service());
            out.writeUTF(request.key().namespace());
            out.writeUTF(request.key().rollout());
            out.writeUTF(request.key().canary());
            out.writeUTF(request.key().revision());
            out.writeUTF(request.stable());
            if (!rules.isEmpty()) {
                out.writeUTF(rules.stream().map(AddedRule::text).collect(Collectors.joining(",", "[", "]")));
            }
            out.write(digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be written", e);
        }
        return text(bytes.toByteArray());
    }

    /** The question an id stands for; empty when it is none of this version. */
    static Optional<Question> question(String id) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var end = bytes.length - DIGEST_BYTES;
        if (end < 0 || !text(bytes).equals(id)) {
            return Optional.empty();
        }
        var question = Arrays.copyOf(bytes, end);
        return Arrays.equals(digest(question), Arrays.copyOfRange(bytes, end, bytes.length))
                ? read(question)
                : Optional.empty();
    }

    /** The service that the question of an id is about; empty when it is none of this version. */
    public static Optional<String> service(String id) {
        return question(id).map(question -> question.request().key().service());
    }

    /** One id has one spelling. */
    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<Question> read(byte[] question) {
        try (var in = new DataInputStream(new ByteArrayInputStream(question))) {
            var version = in.readByte();
            if (version != VERSION && version != VERSION_WITH_RULES) {
                return Optional.empty();
            }
            var dryRun = in.readBoolean();
            var release =
                    in.readBoolean() ? Optional.of(new UUID(in.readLong(), in.readLong())) : Optional.<UUID>empty();
            var step = in.readUTF();
            var key = new ReleaseKey(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
            var request = new GateRequest(key, in.readUTF(), step, Stage.of(step), dryRun, release);
            return Optional.of(new Question(request, version == VERSION_WITH_RULES ? in.readUTF() : ""));
        } catch (IOException | InvalidFieldException e) {
            return Optional.empty();
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
