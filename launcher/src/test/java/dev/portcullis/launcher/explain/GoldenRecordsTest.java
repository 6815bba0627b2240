package dev.portcullis.launcher.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.launcher.explain.Recomputation.Result;
import dev.portcullis.proto.gate.v1.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions as earlier versions have recorded them are computed again by this one, letter for letter. The files are never changed. */
final class GoldenRecordsTest {
    private static final Path RECORDS = Path.of("src/test/resources/records");
    private static final String BY_A_PERSON = "by-a-person";

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
    void itIsTheSame(Path file) {
        var found = Recomputation.of(RecordFile.read(file));
        assertEquals(List.of(), found.differences());
        assertEquals(Result.SAME, found.analysis());
        var byEvidence = !file.getFileName().toString().startsWith(BY_A_PERSON);
        assertEquals(byEvidence ? Result.SAME : Result.NOT_COMPUTED, found.decision());
    }

    @ParameterizedTest
    @MethodSource("files")
    void withAnotherOutcomeOrEvidenceItIsNot(Path file) {
        var record = RecordFile.read(file).toBuilder();
        record.getAnalysisBuilder().getEvidenceBuilder().setFail(4.2);
        assertEquals(Result.DIFFERENT, Recomputation.of(record.build()).analysis());

        var other = RecordFile.read(file).toBuilder();
        other.setOutcome(other.getOutcome() == Outcome.ABORT ? Outcome.PROMOTE : Outcome.ABORT);
        var found = Recomputation.of(other.build());
        assertEquals(
                found.decision() == Result.NOT_COMPUTED, found.differences().isEmpty());
        assertFalse(found.decision() == Result.SAME);
    }
}
