package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class TileTest {
    @Test
    void aPathIsReadAsItIsWritten() {
        assertEquals(Optional.of(new Tile(OptionalInt.of(0), 0, 256)), Tile.parse("0/000"));
        assertEquals(Optional.of(new Tile(OptionalInt.of(2), 5, 1)), Tile.parse("2/005.p/1"));
        // The example of the specification.
        assertEquals(Optional.of(new Tile(OptionalInt.of(63), 1_234_067, 256)), Tile.parse("63/x001/x234/067"));
        assertEquals(Optional.of(new Tile(OptionalInt.empty(), 1_000, 255)), Tile.parse("entries/x001/000.p/255"));
        for (var path : List.of("0/000", "2/005.p/1", "63/x001/x234/067", "entries/x001/000.p/255")) {
            assertEquals(path, Tile.parse(path).orElseThrow().path());
        }
    }

    @Test
    void anyOtherPathIsNone() {
        for (var path : List.of(
                "",
                "0",
                "0/",
                "0/0",
                "0/0000",
                "00/000",
                "64/000",
                "-1/000",
                "0/x000/001",
                "0/001/000",
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/300",
                "0/000.p/01",
                "0/000.p/",
                "0/000/",
                "0/../000",
                "data/000",
                "0/x001/x002/x003/x004/x005/x006/007")) {
            assertEquals(Optional.empty(), Tile.parse(path), path);
        }
    }

    @Test
    void aTreeHasTheTilesOfTheSpecification() {
        // Its example: 273 full tiles of leaves and one of 112, one full tile above and one of 17, and one of 1.
        for (var path :
                List.of("0/x001/272", "0/273", "1/002", "1/001.p/18", "2/000", "2/000.p/2", "3/000.p/1", "63/000")) {
            assertEquals(false, Tile.parse(path).orElseThrow().isPartOf(70_000), path);
        }
        for (var path :
                List.of("0/272", "0/273.p/112", "0/273.p/1", "1/000", "1/001.p/17", "2/000.p/1", "entries/272")) {
            assertEquals(true, Tile.parse(path).orElseThrow().isPartOf(70_000), path);
        }
        assertEquals(false, Tile.parse("0/000.p/1").orElseThrow().isPartOf(0));
    }

    @Test
    void aBundleHasTheLengthBeforeEachEntry() {
        var longest = new byte[300];
        var bundle = EntryBundle.of(List.of(new byte[] {7}, new byte[0], longest));
        assertEquals(2 + 1 + 2 + 2 + 300, bundle.length);
        assertArrayEquals(new byte[] {0, 1, 7, 0, 0, 1, 44}, java.util.Arrays.copyOf(bundle, 7));
        assertThrows(IllegalArgumentException.class, () -> EntryBundle.of(List.of(new byte[65_536])));
    }
}
