package dev.portcullis.kit.transparency;

/**
 * A signature under a note.
 *
 * @param name of the key
 * @param content base64 of the key's id, 4 bytes, and the signature
 */
public record NoteSignature(String name, String content) {
    /** As it stands under a note, with the end of the line. */
    public String line() {
        return SignedNote.SIGNATURE + name + " " + content + "\n";
    }
}
