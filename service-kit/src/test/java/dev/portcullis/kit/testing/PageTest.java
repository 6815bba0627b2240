package dev.portcullis.kit.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static final Page PAGE = new Page("docs/some.md", """
            # Some

            ```yaml
            a: 1
            b: 2
            ```

            ```json
            {"a": 1}
            ```

            ```yaml
            c: 3
            ```
            """);

    @Test
    void blocksOfOneLanguageAreInTheirOrder() {
        assertEquals(List.of("a: 1\nb: 2\n", "c: 3\n"), PAGE.blocks("yaml"));
        assertEquals(List.of(), PAGE.blocks("text"));
    }

    @Test
    void theFirstBlockWithATextIsFound() {
        assertEquals("c: 3\n", PAGE.block("yaml", "c:"));
        var missing = assertThrows(AssertionError.class, () -> PAGE.block("yaml", "d:"));
        assertEquals("docs/some.md has no block in yaml with d:", missing.getMessage());
    }

    @Test
    void pagesAreFoundFromTheRootOfTheRepository() {
        assertTrue(Page.of("README.md").text().startsWith("# Portcullis"));
        assertThrows(UncheckedIOException.class, () -> Page.of("docs/no-such-page.md"));
    }
}
