package dev.portcullis.launcher.witness;

import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.kit.transparency.WitnessRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Cosigns checkpoints of the logs that it knows (C2SP tlog-witness): of each log only trees that begin with the one before, so never two that contradict each other. What it
 * cosigns is on the disk before. Thread-safe.
 */
public final class Witness {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int FAILED = 500;

    private final SignerKey key;
    private final List<VerifierKey> logs;
    private final WitnessFile file;
    private final InstantSource clock;

    /**
     * A status of HTTP and the body that goes with it.
     *
     * @param body ends with its line
     */
    record Answer(int status, String body) {}

    /** @param logs keys of the logs that it cosigns; several of one name are those of one log */
    public Witness(SignerKey key, List<VerifierKey> logs, WitnessFile file, InstantSource clock) {
        this.key = key;
        this.logs = List.copyOf(logs);
        this.file = file;
        this.clock = clock;
    }

    /** Cosigns, or says why not. One at a time, for what was cosigned last must not change between the look and the note. */
    synchronized Answer add(String body) {
        try {
            return add(WitnessRequest.parse(body));
        } catch (LogFormatException e) {
            return new Answer(BAD_REQUEST, "the request " + e.getMessage() + "\n");
        } catch (IOException e) {
            return new Answer(FAILED, "what is to be cosigned cannot be noted: nothing is cosigned\n");
        }
    }

    private Answer add(WitnessRequest request) throws IOException {
        var checkpoint = Checkpoint.parse(request.checkpoint().text());
        var origin = checkpoint.origin();
        var keys = logs.stream().filter(log -> log.name().equals(origin)).toList();
        if (keys.isEmpty()) {
            return new Answer(NOT_FOUND, "the log is not known here\n");
        }
        if (Checkpoint.verifiedByOne(request.checkpoint(), keys).isEmpty()) {
            return new Answer(FORBIDDEN, "the checkpoint has no good signature of a key of the log\n");
        }
        var head = checkpoint.head();
        if (request.older() > head.size()) {
            return new Answer(BAD_REQUEST, "the older size is larger than that of the checkpoint\n");
        }
        var last = file.last(origin).orElse(TreeHead.EMPTY);
        if (request.older() != last.size() || head.size() == last.size() && !head.equals(last)) {
            return new Answer(CONFLICT, last.size() + "\n");
        }
        if (!MerkleProof.extendsOlder(head, last, request.proof())) {
            return new Answer(UNPROCESSABLE, "the proof does not show that the tree begins with the older one\n");
        }
        if (!head.equals(last)) {
            file.note(origin, head);
        }
        return new Answer(
                OK, key.cosign(request.checkpoint().text(), clock.instant()).line());
    }
}
