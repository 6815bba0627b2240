package dev.portcullis.kit.transparency;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A text and signatures of it (C2SP signed-note).
 *
 * @param text one or more lines, each with its end
 * @param signatures one or more, of whomever; {@link VerifierKey#signs} tells whether one is good
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    static final String SIGNATURE = "\u2014 ";
    private static final int SHORTEST = 5;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads a note; checks no signature.
     *
     * @throws LogFormatException when it is none
     */
    public static SignedNote parse(String note) {
        var end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new LogFormatException(
                    "is no signed note: the empty line before the signatures, or the end of the last line, is missing");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new LogFormatException("is no signed note: it has a control character");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (var line : note.substring(end + 2).split("\n")) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    private static NoteSignature signature(String line) {
        var parts =
                line.startsWith(SIGNATURE) ? line.substring(SIGNATURE.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || parts[0].isEmpty() || decoded(parts[1]).length < SHORTEST) {
            throw new LogFormatException(
                    "is no signed note: a line behind the empty one is no signature, which is \u2014 NAME BASE64");
        }
        return new NoteSignature(parts[0], parts[1]);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** The same text with more signatures below those that are there. */
    public SignedNote with(List<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /**
     * Reads lines with signatures alone.
     *
     * @param lines each with its end
     * @throws LogFormatException when one is none
     */
    public static List<NoteSignature> signatures(String lines) {
        return lines.lines().map(SignedNote::signature).toList();
    }

    /** As it is stored and served. */
    public String format() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
