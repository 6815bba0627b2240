package dev.portcullis.kit.transparency;

/** What a key signs, as the byte before it in its text says (C2SP signed-note and tlog-cosignature); both are Ed25519 keys. */
public enum KeyKind {
    /** The checkpoints of its log. */
    LOG(1),
    /** That it has seen a checkpoint of somebody else's log, and nothing that contradicts it. */
    WITNESS(4);

    private final byte code;

    KeyKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }
}
