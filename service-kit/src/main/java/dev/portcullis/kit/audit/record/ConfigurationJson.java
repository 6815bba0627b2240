package dev.portcullis.kit.audit.record;

import dev.portcullis.kit.configuration.FolderText;
import dev.portcullis.kit.transparency.CanonicalJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The content of the configuration folder as an entry of the audit log has it. An entry has a limit: texts are cut there, and files beyond it are counted. */
final class ConfigurationJson {
    /** In bytes of JSON, of all texts of an entry. */
    private static final int MOST_TEXT = 40_000;

    private static final int MOST_FILES = 100;

    private ConfigurationJson() {}

    static Map<String, Object> whole(FolderText content) {
        return Map.of("after", content.hash(), "files", files(content.files()), "more", more(content.files()));
    }

    static Map<String, Object> change(FolderText before, FolderText after) {
        SortedMap<String, String> changed = new TreeMap<>(after.files());
        changed.entrySet()
                .removeIf(file -> file.getValue().equals(before.files().get(file.getKey())));
        var removed = before.files().keySet().stream()
                .filter(name -> !after.files().containsKey(name))
                .limit(MOST_FILES)
                .toList();
        return Map.of(
                "before", before.hash(),
                "after", after.hash(),
                "files", files(changed),
                "more", more(changed),
                "removed", removed);
    }

    private static int more(SortedMap<String, String> files) {
        return Math.max(0, files.size() - MOST_FILES);
    }

    private static List<Map<String, Object>> files(SortedMap<String, String> files) {
        List<Map<String, Object>> json = new ArrayList<>();
        var room = MOST_TEXT;
        for (var file : files.entrySet().stream().limit(MOST_FILES).toList()) {
            var shown = shortened(file.getValue(), room);
            room -= size(shown);
            var one = new HashMap<String, Object>();
            one.put("name", shortened(file.getKey(), 200));
            one.put("sha256", FolderText.sha256(file.getValue()));
            one.put("text", shown);
            one.put("cut", !Objects.equals(shown, file.getValue()));
            json.add(one);
        }
        return json;
    }

    /** What of a text has at most so many bytes in JSON. */
    private static String shortened(String text, int room) {
        if (size(text) <= room) {
            return text;
        }
        var end = 0;
        var used = 0;
        while (end < text.length()) {
            var next = text.offsetByCodePoints(end, 1);
            used += size(text.substring(end, next));
            if (used > room) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int size(String text) {
        return CanonicalJson.of(Map.of("", text)).length - CanonicalJson.of(Map.of("", "")).length;
    }
}
