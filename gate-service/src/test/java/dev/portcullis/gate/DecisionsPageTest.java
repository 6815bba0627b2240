package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/decisions.md} against what it describes. */
final class DecisionsPageTest {
    private static final Path PAGE = Path.of("../docs/decisions.md");
    private static final Pattern REASON = Pattern.compile(
            "^\\| `([A-Z_]+)` \\| (?:PROMOTE|HOLD|ABORT)[, A-Z]* \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern STATE = Pattern.compile("^\\| ([A-Z]+) \\| [^|]+ \\|$", Pattern.MULTILINE);

    private static Set<String> named(Pattern row) throws IOException {
        return row.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("UNRECOGNIZED") && !name.endsWith("_UNSPECIFIED"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyReasonIsThereWithItsMeaningAndWhatToDoAndNoOther() throws IOException {
        assertEquals(names(dev.portcullis.gate.decision.DecisionReason.values()), named(REASON));
    }

    @Test
    void everyStateIsThereAndNoOther() throws IOException {
        assertEquals(names(ReleaseState.values()), named(STATE));
    }

    @Test
    void theContractHasTheSameReasonsAndStates() {
        assertEquals(names(dev.portcullis.gate.decision.DecisionReason.values()), names(DecisionReason.values()));
        assertEquals(names(ReleaseState.values()), names(Release.State.values()));
    }

    @Test
    void whatCanBeDecidedForAReasonIsAsThePageSays() throws IOException {
        var page = Files.readString(PAGE);
        for (var reason : dev.portcullis.gate.decision.DecisionReason.values()) {
            var row = page.lines()
                    .filter(line -> line.startsWith("| `" + reason + "` | "))
                    .findFirst()
                    .orElseThrow();
            var told = new TreeSet<>(List.of(row.split(" \\| ")[1].split(", ")));
            assertEquals(
                    reason.outcomes().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)),
                    told,
                    row);
        }
    }
}
