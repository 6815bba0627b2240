package dev.portcullis.kit.transparency;

/** What a witness signs of a checkpoint (C2SP tlog-cosignature, for Ed25519). Stateless. */
final class Cosignature {
    private Cosignature() {}

    /**
     * The signed text.
     *
     * @param seconds when, since 1970
     * @param checkpoint text of the note that it is under
     */
    static String text(long seconds, String checkpoint) {
        return "cosignature/v1\ntime " + seconds + "\n" + checkpoint;
    }
}
