package dev.portcullis.launcher.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one section of the page as the tree that a file makes of them; the items of a list are its child {@code []}. Alternatives
 * of the section, such as types of a source, are in one tree, in which none of their keys is required.
 */
final class KeyTree {
    private final Map<String, KeyTree> children = new LinkedHashMap<>();
    private Optional<KeyLine> line = Optional.empty();

    static KeyTree of(List<KeyLine> lines, String section) {
        var root = new KeyTree();
        lines.stream()
                .filter(line -> line.section().equals(section) || line.section().startsWith(section + " / "))
                .forEach(root::add);
        return root;
    }

    private void add(KeyLine added) {
        var place = this;
        for (var name : added.path().replace("[]", ".[]").split("\\.")) {
            place = place.children.computeIfAbsent(name, absent -> new KeyTree());
        }
        place.line = Optional.of(place.line
                .filter(known -> !same(known, added))
                .map(KeyTree::anything)
                .orElse(added));
    }

    /** Of two alternatives that mean something different by a key, neither is told. */
    private static boolean same(KeyLine one, KeyLine other) {
        return one.type().equals(other.type()) && one.legal().equals(other.legal());
    }

    private static KeyLine anything(KeyLine line) {
        return new KeyLine(line.section(), line.path(), "any", KeyLine.NONE, "");
    }

    Map<String, KeyTree> children() {
        return children;
    }

    Optional<KeyLine> line() {
        return line;
    }

    boolean required() {
        return line.filter(
                        key -> key.usual().equals("required") && !key.section().contains(" / "))
                .isPresent();
    }
}
