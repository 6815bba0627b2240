package dev.portcullis.analysis.configuration;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The documents of kind Service of a folder. Who writes any has written them all: every other service is a slip of the pen. */
final class DeclaredServices {
    private static final String SERVICE = "service";
    private static final Set<String> NAMING = Set.of("SLO", "ReleasePolicy");

    private DeclaredServices() {}

    /** Records what is wrong with them, and each document that names a service which is not among them. */
    static void check(List<ConfigurationDocument> documents) {
        SortedSet<String> names = new TreeSet<>();
        for (ConfigurationDocument document : documents) {
            if (document.kind().equals("Service")) {
                names.add(document.name());
                document.root().mapping("spec").ifPresent(DeclaredServices::checkSpec);
            }
        }
        if (!names.isEmpty()) {
            documents.stream()
                    .filter(document -> NAMING.contains(document.kind()))
                    .forEach(document -> checkName(document.root(), names));
        }
    }

    private static void checkSpec(YamlMapping spec) {
        spec.optionalText("description");
        spec.rejectUnknown();
    }

    private static void checkName(YamlMapping root, Collection<String> names) {
        root.mapping("spec")
                .ifPresent(spec -> spec.describe(SERVICE, "", "a document of kind Service, if there is any"));
        root.mapping("spec")
                .filter(spec -> spec.optionalText(SERVICE)
                        .filter(name -> !names.contains(name))
                        .isPresent())
                .ifPresent(spec -> spec.choice(
                        SERVICE, names, "the name of a document of kind Service: " + String.join(", ", names)));
    }
}
