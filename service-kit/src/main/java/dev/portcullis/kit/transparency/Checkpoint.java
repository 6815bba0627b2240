package dev.portcullis.kit.transparency;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a log says of itself at a moment (C2SP tlog-checkpoint).
 *
 * @param origin name of the log, which is the name of its key too
 */
public record Checkpoint(String origin, TreeHead head) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int LINES = 3;

    /**
     * Reads the text of a note; lines behind the third, which extend it, are left out.
     *
     * @throws LogFormatException when it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        var lines = text.split("\n");
        if (lines.length < LINES
                || lines[0].isEmpty()
                || !SIZE.matcher(lines[1]).matches()) {
            throw new LogFormatException("is no checkpoint, which has the lines ORIGIN, SIZE and ROOT");
        }
        Optional<TreeHash> root = TreeHash.parse(lines[2]);
        return new Checkpoint(
                lines[0],
                new TreeHead(
                        Long.parseLong(lines[1]),
                        root.orElseThrow(() -> new LogFormatException("is no checkpoint: its third line is no hash"))));
    }

    /**
     * The checkpoint in a note that a key must have signed.
     *
     * @throws LogFormatException when it is none, is that of another log, or is not signed by the key
     */
    public static Checkpoint verified(SignedNote note, VerifierKey key) {
        var checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(key.name())) {
            throw new LogFormatException(
                    "is a checkpoint of " + checkpoint.origin + ", and the key is that of " + key.name());
        }
        if (!key.signs(note)) {
            throw new LogFormatException("is a checkpoint without a good signature of the key " + key.text());
        }
        return checkpoint;
    }

    /** The checkpoint in a note; empty when it is none, or is signed by none of the keys. */
    public static Optional<Checkpoint> verifiedByOne(SignedNote note, List<VerifierKey> keys) {
        for (var key : keys) {
            try {
                return Optional.of(verified(note, key));
            } catch (LogFormatException e) {
                // Perhaps by the next one.
            }
        }
        return Optional.empty();
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + head.size() + "\n" + head.root().base64() + "\n";
    }
}
