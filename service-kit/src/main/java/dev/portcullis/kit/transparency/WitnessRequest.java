package dev.portcullis.kit.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A checkpoint on its way to a witness (C2SP tlog-witness, add-checkpoint).
 *
 * @param older entries of the checkpoint that the witness has cosigned last; 0 for none
 * @param proof that the tree of the new checkpoint begins with that of the older one
 * @param checkpoint the new one
 */
public record WitnessRequest(long older, List<TreeHash> proof, SignedNote checkpoint) {
    private static final Pattern OLDER = Pattern.compile("old (0|[1-9][0-9]{0,17})");
    private static final int LONGEST_PROOF = 63;

    public WitnessRequest {
        proof = List.copyOf(proof);
    }

    /**
     * Reads one; checks no signature and no proof.
     *
     * @throws LogFormatException when it is none
     */
    public static WitnessRequest parse(String body) {
        var end = body.indexOf("\n\n");
        var lines = end < 0 ? new String[] {""} : body.substring(0, end).split("\n", -1);
        var older = OLDER.matcher(lines[0]);
        if (!older.matches()) {
            throw new LogFormatException("is no request for a cosignature, which begins with the line 'old SIZE'");
        }
        if (lines.length - 1 > LONGEST_PROOF) {
            throw new LogFormatException("has a proof of more than " + LONGEST_PROOF + " hashes");
        }
        List<TreeHash> proof = new ArrayList<>();
        for (var i = 1; i < lines.length; i++) {
            proof.add(TreeHash.parse(lines[i])
                    .orElseThrow(() -> new LogFormatException("has a line in its proof that is no hash")));
        }
        return new WitnessRequest(Long.parseLong(older.group(1)), proof, SignedNote.parse(body.substring(end + 2)));
    }

    /** The body of the request. */
    public String text() {
        var text = new StringBuilder("old ").append(older).append('\n');
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.format()).toString();
    }
}
