package dev.portcullis.kit.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The reader of document heads in one reading of a folder: version, kind and name, which is unique within its kind. */
final class DocumentReader {
    private static final List<String> API_VERSIONS = List.of("openslo/v1", "portcullis.dev/v1");
    private static final Map<String, List<String>> KINDS = Map.of(
            "openslo/v1",
            List.of("Service", "SLO", "SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"),
            "portcullis.dev/v1",
            List.of(
                    "ReleasePolicy",
                    "Cluster",
                    "GitHubApp",
                    "PromotionWindow",
                    "ReleaseGroup",
                    "MessageReceiver",
                    "MessageRoute",
                    "Access"));

    private record Identity(String kind, String name) {}

    private final Faults faults;
    private final Map<Identity, YamlMapping> named = new HashMap<>();

    DocumentReader(Faults faults) {
        this.faults = faults;
    }

    /** The documents of a file whose heads are right; an empty document is none. */
    List<ConfigurationDocument> read(String file, byte[] content) {
        List<ConfigurationDocument> documents = new ArrayList<>();
        StrictText.decode(file, content, faults).ifPresent(text -> {
            for (Node node : YamlText.documents(file, text, faults)) {
                if (!node.getTag().equals(Tag.NULL) && NodeCheck.isReadable(file, node, faults)) {
                    document(file, node).ifPresent(documents::add);
                }
            }
        });
        return documents;
    }

    private Optional<ConfigurationDocument> document(String file, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            YamlEntry found = new YamlEntry(YamlEntry.lineOf(node), node);
            String legal = node instanceof SequenceNode
                    ? "; write each of its items as a document of its own: without the dash, not indented, and with a line"
                            + " --- between them"
                    : "; legal: a mapping with apiVersion, kind, metadata, spec";
            faults.add(file, found.line(), "the document is " + found.described() + legal);
            return Optional.empty();
        }
        YamlMapping root = YamlMapping.document(file, mapping, faults);
        Optional<String> apiVersion = required(root, "apiVersion", API_VERSIONS);
        Optional<String> kind = apiVersion.flatMap(version -> kind(root, version));
        Optional<String> name = name(root.requiredMapping("metadata"));
        root.leaveAlone("kind", "spec");
        root.rejectUnknown();
        if (kind.isEmpty() || name.isEmpty() || !isFirst(new Identity(kind.get(), name.get()), root)) {
            return Optional.empty();
        }
        return Optional.of(
                new ConfigurationDocument(file, root.line(), apiVersion.orElseThrow(), kind.get(), name.get(), root));
    }

    private static Optional<String> kind(YamlMapping root, String apiVersion) {
        return required(root, "kind", KINDS.getOrDefault(apiVersion, List.of()));
    }

    private static Optional<String> required(YamlMapping mapping, String key, List<String> legal) {
        mapping.describe(key, KeyDescription.REQUIRED, "");
        return mapping.require(key, String.join(", ", legal)) ? mapping.choice(key, legal) : Optional.empty();
    }

    private static Optional<String> name(YamlMapping metadata) {
        String name = metadata.text("name");
        metadata.pass("displayName", "labels", "annotations");
        metadata.rejectUnknown();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private boolean isFirst(Identity identity, YamlMapping root) {
        YamlMapping metadata = root.requiredMapping("metadata");
        YamlMapping first = named.putIfAbsent(identity, metadata);
        if (first != null) {
            String place = first.file() + ":" + first.line("name");
            String message = identity.kind() + " '" + identity.name() + "' is already declared in " + place;
            metadata.fault("name", message + "; rename or remove one");
        }
        return first == null;
    }
}
