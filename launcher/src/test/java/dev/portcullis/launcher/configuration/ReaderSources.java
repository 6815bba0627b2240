package dev.portcullis.launcher.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys that the sources of the readers name, wherever they ask: as a literal, or as a constant of the same file.
 *
 * <p>Coarser than what {@link ReaderKeys} hears, since a key's path is not in the source, but it sees the branches that no example leads
 * into.
 */
final class ReaderSources {
    private static final Path ROOT = Path.of("..");
    private static final String[] MODULES = {"service-kit", "analysis-service", "gate-service", "rollback-service"};
    private static final Pattern ASKED =
            Pattern.compile("\\.(?:text|optionalText|number|wholeNumber|duration|flag|choice"
                    + "|requiredDuration|requiredNumber|mapping|requiredMapping|optionalMapping|mappings|texts|durations|textMap|has|isMapping|leaveAlone|pass)"
                    + "\\(\\s*(?:\"(?<word>[A-Za-z]\\w*)\"|(?<name>[A-Z][A-Z_]+)\\b)");
    private static final Pattern CONSTANT = Pattern.compile("String ([A-Z][A-Z_]+) = \"([A-Za-z]\\w*)\"");

    private ReaderSources() {}

    /** File by key. */
    static Map<String, String> keys() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (var module : MODULES) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (var file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    add(file, Files.readString(file), keys);
                }
            }
        }
        return keys;
    }

    private static void add(Path file, String source, Map<String, String> keys) {
        if (!source.contains("YamlMapping") || source.contains("class YamlMapping ")) {
            return;
        }
        var constants = CONSTANT.matcher(source)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (one, other) -> one));
        ASKED.matcher(source)
                .results()
                .flatMap(found -> word(found, constants).stream())
                .forEach(key -> keys.put(key, ROOT.relativize(file).toString()));
    }

    private static Optional<String> word(MatchResult found, Map<String, String> constants) {
        return Optional.ofNullable(found.group("word"))
                .or(() -> Optional.ofNullable(found.group("name")).map(constants::get));
    }
}
