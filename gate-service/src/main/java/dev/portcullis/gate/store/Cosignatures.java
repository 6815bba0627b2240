package dev.portcullis.gate.store;

import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.NoteSignature;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What witnesses have cosigned as rows, inside somebody else's transaction. A checkpoint is known by its size and the id of the log's key that signed it. */
final class Cosignatures {
    private static final String INSERT = """
            insert into audit.cosignatures (size, key_id, witness, line) values (:size, :key, :witness, :line)
            on conflict do nothing""";

    private static final String OF_CHECKPOINT =
            "select line from audit.cosignatures where size = :size and key_id = :key order by witness";

    private static final String NEWEST = """
            select c.note from audit.checkpoints c
            where (c.size, c.key_id) = (
              select size, key_id from audit.cosignatures where witness = any(:witnesses)
              group by size, key_id having count(*) = :count order by size desc, key_id limit 1)""";

    private Cosignatures() {}

    static boolean add(Handle handle, SignedNote checkpoint, VerifierKey witness, NoteSignature cosignature) {
        return handle.createUpdate(INSERT)
                        .bind("size", size(checkpoint))
                        .bind("key", keyId(checkpoint))
                        .bind("witness", witness.text())
                        .bind("line", cosignature.line())
                        .execute()
                > 0;
    }

    /** A checkpoint with the cosignatures that it has. */
    static SignedNote added(Handle handle, SignedNote checkpoint) {
        var lines = handle.createQuery(OF_CHECKPOINT)
                .bind("size", size(checkpoint))
                .bind("key", keyId(checkpoint))
                .mapTo(String.class)
                .list();
        return checkpoint.with(SignedNote.signatures(String.join("", lines)));
    }

    static Optional<SignedNote> newest(Handle handle, List<VerifierKey> witnesses) {
        return handle.createQuery(NEWEST)
                .bindArray(
                        "witnesses",
                        String.class,
                        witnesses.stream().map(VerifierKey::text).toArray())
                .bind("count", witnesses.size())
                .mapTo(String.class)
                .findOne()
                .map(note -> added(handle, SignedNote.parse(note)));
    }

    private static long size(SignedNote checkpoint) {
        return Checkpoint.parse(checkpoint.text()).head().size();
    }

    /** The log signs with one key at a time. */
    private static int keyId(SignedNote checkpoint) {
        var content =
                Base64.getDecoder().decode(checkpoint.signatures().getFirst().content());
        return ByteBuffer.wrap(content).getInt();
    }
}
