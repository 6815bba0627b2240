package dev.portcullis.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's configuration folder: what a user would write for the shop, with the shop's addresses of today. */
final class DemoConfiguration {
    private static final List<String> TEMPLATES = List.of("source.yaml", "slo.yaml", "policy.yaml");

    private DemoConfiguration() {}

    /** Writes the files into a folder, which is made when it is not there; files of the same names are replaced. */
    static void write(Path folder, ShopServer shop) {
        try {
            Files.createDirectories(folder);
            for (var template : TEMPLATES) {
                Files.writeString(folder.resolve(template), filledIn(template, shop));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's configuration could not be written into " + folder, e);
        }
    }

    private static String filledIn(String template, ShopServer shop) throws IOException {
        try (var stream = DemoConfiguration.class.getResourceAsStream("/demo/" + template)) {
            if (stream == null) {
                throw new IOException("the class path lacks /demo/" + template);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${discovery}", shop.discoveryUrl())
                    .replace("${rollback}", shop.rollbackUrl())
                    .replace("${readBack}", shop.readBackUrl());
        }
    }
}
