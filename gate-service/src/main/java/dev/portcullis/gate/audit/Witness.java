package dev.portcullis.gate.audit;

import dev.portcullis.kit.transparency.NoteSignature;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.kit.transparency.WitnessRequest;
import java.util.List;

/** The port to a witness: somebody elsewhere who remembers what the log was signed as, and cosigns what does not contradict it (C2SP tlog-witness). Thread-safe. */
public interface Witness {
    /** By which his cosignatures are known. */
    VerifierKey key();

    /** Asks for a cosignature; waits a few seconds at most. */
    Answer add(WitnessRequest request);

    /** What he says. */
    sealed interface Answer {
        /** He has cosigned it; nothing is verified yet. */
        record Cosigned(List<NoteSignature> signatures) implements Answer {
            public Cosigned {
                signatures = List.copyOf(signatures);
            }
        }

        /**
         * The checkpoint that he has cosigned last is another one than he was told.
         *
         * @param size of its tree
         */
        record Differs(long size) implements Answer {}

        /** The tree does not begin with the one that he has cosigned last. */
        record Contradicts() implements Answer {}

        /**
         * There is no answer, or one that has nothing to do with the tree.
         *
         * @param why in a line
         */
        record None(String why) implements Answer {}
    }
}
