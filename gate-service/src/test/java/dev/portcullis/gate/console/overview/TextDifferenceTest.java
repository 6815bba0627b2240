package dev.portcullis.gate.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextDifferenceTest {
    private static String shown(String before, String after) {
        return TextDifference.of(before, after).stream()
                .map(line -> line.mark() + line.text())
                .collect(Collectors.joining("|"));
    }

    @Test
    void whatIsEqualHasNoLines() {
        assertEquals(List.of(), TextDifference.of("a\nb\n", "a\nb\n"));
    }

    @Test
    void whatIsNewAndWhatIsGoneStandsBesideWhatBothHave() {
        assertEquals(" a|-b|+c| d", shown("a\nb\nd\n", "a\nc\nd\n"));
        assertEquals("+x| a", shown("a\n", "x\na\n"));
        assertEquals(" a|-b", shown("a\nb\n", "a\n"));
        assertEquals("+a", shown("", "a"));
    }

    @Test
    void textsOfAnyLengthAreCompared() {
        var before = IntStream.range(0, 2_000).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        assertEquals(4_000, TextDifference.of(before, before + " ").size());
    }
}
