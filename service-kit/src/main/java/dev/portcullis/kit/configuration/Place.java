package dev.portcullis.kit.configuration;

/**
 * Where a mapping stands, for a fault and for a list of keys.
 *
 * @param kind the kind of the document
 * @param variant the alternative that its keys belong to; empty for none
 * @param path as a fault has it: {@code spec.objectives[0]}; empty for the top of a document
 * @param outline as a list of keys has it: {@code spec.objectives[]}
 * @param names what stands in the outline for the keys, when these are names of the user's choice; empty when they are not
 */
record Place(String kind, String variant, String path, String outline, String names) {
    static Place top(String kind) {
        return new Place(kind, "", "", "", "");
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String outline(String key) {
        String name = names.isEmpty() ? key : names;
        return outline.isEmpty() ? name : outline + "." + name;
    }

    Place child(String key) {
        return new Place(kind, variant, path(key), outline(key), "");
    }

    Place item(String key, int index) {
        return new Place(kind, variant, path(key) + "[" + index + "]", outline(key) + "[]", "");
    }

    Place only(String alternative) {
        return new Place(kind, alternative, path, outline, names);
    }

    Place named(String placeholder) {
        return new Place(kind, variant, path, outline, "<" + placeholder + ">");
    }

    KeyDescription description(String key, String type, String usual, String legal) {
        return new KeyDescription(kind, variant, outline(key), type, usual, legal);
    }
}
