package dev.portcullis.kit.transparency;

/**
 * A signature under a note.
 *
 * @param name of the key
 * @param content base64 of the key's id, 4 bytes, and the signature
 */
public record NoteSignature(String name, String content) {}
