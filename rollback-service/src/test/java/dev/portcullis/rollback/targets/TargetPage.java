package dev.portcullis.rollback.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of docs/targets. */
public record TargetPage(String text) {
    /** @param name without its ending, e.g. "argo-cd" */
    public static TargetPage of(String name) {
        try {
            return new TargetPage(Files.readString(Path.of("..", "docs", "targets", name + ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its examples in a language, in their order, without blanks around them. */
    public List<String> examples(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(result -> result.group(1).strip())
                .toList();
    }

    /** The policy that is shown first. */
    public TargetPolicy policy() {
        return new TargetPolicy(examples("yaml").getFirst());
    }
}
