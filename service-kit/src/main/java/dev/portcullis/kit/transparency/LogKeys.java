package dev.portcullis.kit.transparency;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a log.
 *
 * @param signer the key it signs with
 * @param earlier public halves of the keys it signed with before
 */
public record LogKeys(SignerKey signer, List<VerifierKey> earlier) {
    public LogKeys {
        earlier = List.copyOf(earlier);
    }

    /**
     * Reads keys: on the first line the one to sign with, on further ones the public halves of those before it. Blank lines do not count.
     *
     * @throws LogFormatException when that is not what is there
     */
    public static LogKeys parse(String text) {
        var lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw new LogFormatException("is empty in place of a signing key");
        }
        return new LogKeys(
                SignerKey.parse(lines.getFirst()),
                lines.subList(1, lines.size()).stream().map(VerifierKey::parse).toList());
    }

    /** All of them, the one of now first. */
    public List<VerifierKey> verifiers() {
        var all = new ArrayList<VerifierKey>();
        all.add(signer.verifier());
        all.addAll(earlier);
        return all;
    }
}
