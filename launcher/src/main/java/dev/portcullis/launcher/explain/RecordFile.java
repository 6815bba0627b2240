package dev.portcullis.launcher.explain;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.proto.gate.v1.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The record of a decision in a file: the JSON of GetDecision with include_record. Stateless. */
public final class RecordFile {
    private RecordFile() {}

    /** @throws ExplainException when there is no such file, or it is no record */
    public static Decision read(Path file) {
        var record = Decision.newBuilder();
        try {
            // A record outlives versions: what a newer one wrote besides does not matter here.
            JsonFormat.parser().ignoringUnknownFields().merge(FileText.read(file, StandardCharsets.UTF_8), record);
        } catch (InvalidProtocolBufferException e) {
            throw new ExplainException(file + " is no record of a decision: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ExplainException(file + " cannot be read: " + FileText.fault(e), e);
        }
        return record.build();
    }

    /** @throws ExplainException when the file cannot be written */
    public static void write(Decision record, Path file) {
        try {
            Files.writeString(file, JsonFormat.printer().print(record) + "\n");
        } catch (IOException e) {
            throw new ExplainException(file + " cannot be written: " + FileText.fault(e), e);
        }
    }
}
