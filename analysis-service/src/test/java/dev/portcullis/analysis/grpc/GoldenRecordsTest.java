package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.util.JsonFormat;
import dev.portcullis.analysis.run.RunRecord;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.proto.analysis.v1.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Analyses as earlier versions said them, each with its record, are computed again by this one, letter for letter. The files are never changed: a judge that says something
 * else of an old record is a fault, or needs a version of its own beside the old one.
 */
final class GoldenRecordsTest {
    private static final Path RECORDS = Path.of("src/test/resources/records");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(RECORDS)) {
            var all = files.sorted().toList();
            if (all.isEmpty()) {
                throw new IOException("no record in " + RECORDS);
            }
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void itSaysTheSame(Path file) throws IOException {
        var kept = kept(file);
        var again = RecomputedAnalysis.of(
                record(kept), kept.toBuilder().clearRecord().build());
        assertEquals(
                JsonFormat.printer().print(kept.toBuilder().clearRecord()),
                JsonFormat.printer().print(again));
    }

    @ParameterizedTest
    @MethodSource("files")
    void withAWindowLessItDoesNot(Path file) throws IOException {
        var kept = kept(file);
        var record = record(kept);
        var fewer = new RunRecord(
                record.id(),
                record.plan(),
                record.buckets(),
                record.windows().subList(1, record.windows().size()));
        var said = kept.toBuilder()
                .clearRecord()
                .setWindowCount(kept.getWindowCount() - 1)
                .build();
        assertNotEquals(
                JsonFormat.printer().print(said), JsonFormat.printer().print(RecomputedAnalysis.of(fewer, said)));
    }

    private static RunRecord record(Analysis kept) {
        return new RunRecordDocuments().read(kept.getRecord().toByteArray());
    }

    private static Analysis kept(Path file) throws IOException {
        var message = Analysis.newBuilder();
        JsonFormat.parser().merge(Files.readString(file), message);
        return message.build();
    }
}
