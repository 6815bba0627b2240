package dev.portcullis.launcher.ci;

import dev.portcullis.kit.testing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code deploy} and the page about them. */
final class DeployFiles {
    static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
    static final Path CLIENT = DEPLOY.resolve("ci/portcullis-gate");
    static final Page PAGE = Page.of("docs/ci.md");

    private DeployFiles() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each document of a file of {@code deploy}. */
    static List<Map<?, ?>> documents(String file) {
        return documentsOf(text(DEPLOY.resolve(file)));
    }

    static List<Map<?, ?>> documentsOf(String yaml) {
        var load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
        List<Map<?, ?>> documents = new ArrayList<>();
        load.loadAllFromString(yaml).forEach(document -> documents.add((Map<?, ?>) document));
        return documents;
    }

    /** The YAML block of the page that has this text. */
    static Map<?, ?> onThePage(String has) {
        return documentsOf(PAGE.block("yaml", has)).getFirst();
    }

    static Stream<Path> yamlFiles() {
        try (var files = Files.walk(DEPLOY)) {
            return files
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    // templates of Helm are no YAML before they are rendered
                    .filter(file ->
                            !file.toString().contains("/templates/") || !file.startsWith(DEPLOY.resolve("helm")))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is under these keys, and indices of lists, one below the other. */
    static Object at(Object node, Object... path) {
        var found = node;
        for (var step : path) {
            found = step instanceof Integer index ? ((List<?>) found).get(index) : ((Map<?, ?>) found).get(step);
            if (found == null) {
                throw new AssertionError("nothing at " + step + " of " + List.of(path));
            }
        }
        return found;
    }

    static Map<?, ?> mapAt(Object node, Object... path) {
        return (Map<?, ?>) at(node, path);
    }

    static List<?> listAt(Object node, Object... path) {
        return (List<?>) at(node, path);
    }

    /** Puts values in the place of what stands between two marks, as {@code ${{ inputs.gate }}}; a name that has no value is a fault of the file. */
    static String filled(String text, String begin, String end, UnaryOperator<String> value) {
        return Pattern.compile(Pattern.quote(begin) + "\\s*(.*?)\\s*" + Pattern.quote(end))
                .matcher(text)
                .replaceAll(found -> {
                    var given = value.apply(found.group(1));
                    if (given == null) {
                        throw new AssertionError("no value for " + found.group(1));
                    }
                    return Matcher.quoteReplacement(given);
                });
    }
}
