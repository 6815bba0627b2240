package dev.portcullis.rollback.targets;

import dev.portcullis.kit.testing.Page;
import java.util.List;

/** A page of docs/targets. */
public record TargetPage(Page page) {
    /** @param name without its ending, e.g. "argo-cd" */
    public static TargetPage of(String name) {
        return new TargetPage(Page.of("docs/targets/" + name + ".md"));
    }

    /** Its text in Markdown. */
    public String text() {
        return page.text();
    }

    /** Its examples in a language, in their order, without blanks around them. */
    public List<String> examples(String language) {
        return page.blocks(language).stream().map(String::strip).toList();
    }

    /** The policy that is shown first. */
    public TargetPolicy policy() {
        return new TargetPolicy(examples("yaml").getFirst());
    }
}
