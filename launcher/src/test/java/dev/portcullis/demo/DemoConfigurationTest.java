package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoConfigurationTest {
    @TempDir
    private Path temporary;

    @Test
    void theFilesHoldTheShopsRealAddressesAndNoPlaceholder() throws Exception {
        var folder = temporary.resolve("new/folder");
        try (var shop = new Shop(new Version("7d9c8", 0), 6000, 1);
                var server = ShopServer.start(shop)) {
            DemoConfiguration.write(folder, server);
            DemoConfiguration.write(folder, server);

            assertEquals(List.of("policy.yaml", "slo.yaml", "source.yaml"), names(folder));
            assertTrue(text(folder, "source.yaml").contains("httpServiceDiscovery: '" + server.discoveryUrl() + "'"));
            assertTrue(text(folder, "policy.yaml").contains("url: '" + server.rollbackUrl() + "'"));
            assertTrue(text(folder, "policy.yaml").contains("readBack: '" + server.readBackUrl() + "'"));
            for (var name : names(folder)) {
                assertFalse(text(folder, name).contains("${"), name);
            }
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path folder, String name) throws Exception {
        return Files.readString(folder.resolve(name));
    }
}
