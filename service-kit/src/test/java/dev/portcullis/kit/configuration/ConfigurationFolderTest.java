package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {
    @TempDir
    Path folder;

    private final Faults faults = new Faults();
    private ConfigurationFolder configuration;

    @BeforeEach
    void open() {
        configuration = new ConfigurationFolder(folder);
    }

    @Test
    void filesAreReadByNameWithSubfoldersAndWithoutHiddenOnes() throws IOException {
        service("b.yml", "b");
        service("a.yaml", "a1", "a2");
        service("teams/shop/c.yaml", "c");
        service(".hidden.yaml", "hidden");
        service(".git/d.yaml", "hidden-too");
        service("notes.txt", "not-yaml");

        assertEquals(
                List.of("a.yaml:1 a1", "a.yaml:6 a2", "b.yml:1 b", "teams/shop/c.yaml:1 c"),
                configuration.read(faults).stream()
                        .map(document -> document.file() + ":" + document.line() + " " + document.name())
                        .toList());
        assertTrue(faults.isEmpty());
    }

    @Test
    void anEmptyFolderAndEmptyDocumentsAreLegal() throws IOException {
        assertEquals(List.of(), configuration.read(faults));
        Files.writeString(folder.resolve("empty.yaml"), "");
        Files.writeString(folder.resolve("comments.yaml"), "# nothing yet\n---\n---\n# nothing here\n");

        assertEquals(List.of(), configuration.read(faults));
        assertEquals(List.of(), texts());
    }

    @Test
    void aPolicyAndItsObjectivesAreCutIntoTheirSections() throws IOException {
        Files.writeString(folder.resolve("checkout.yaml"), """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: checkout-availability, labels: {team: shop}}
                spec:
                  service: checkout
                  indicator:
                    spec:
                      ratioMetric:
                        counter: true
                        total: {metricSource: {type: Prometheus, spec: {query: 'requests_total{service="checkout"}'}}}
                  timeWindow: [{duration: 30d, isRolling: true}]
                  objectives: [{target: 0.999}]
                ---
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  arms: {label: rollouts_pod_template_hash}
                  objectives:
                    - {slo: checkout-availability, severity: critical}
                  analysis: {poll: 15s, alpha: 0.01}
                  gate: {undecided: hold}
                  rollback: {target: argo-rollouts, namespace: shop, rollout: checkout}
                """);

        List<ConfigurationDocument> documents = configuration.read(faults);
        ReleasePolicyDocument policy =
                ReleasePolicyDocument.all(documents, faults).getFirst();

        assertEquals(
                List.of("SLO", "ReleasePolicy"),
                documents.stream().map(ConfigurationDocument::kind).toList());
        assertEquals(14, policy.document().line());
        assertEquals("checkout", policy.service());
        assertEquals("rollouts_pod_template_hash", policy.arms().orElseThrow().text("label"));
        assertEquals("critical", policy.objectives().getFirst().text("severity"));
        assertEquals(22, policy.analysis().orElseThrow().line());
        assertEquals("hold", policy.gate().orElseThrow().text("undecided"));
        assertEquals("shop", policy.rollback().orElseThrow().text("namespace"));
        assertEquals(List.of(), texts());
    }

    @Test
    void aTextThatIsInNoFolderIsReadAsAFileOfThatNameWouldBe() {
        Faults faults = new Faults();
        List<ConfigurationDocument> documents = ConfigurationDocument.ofText(
                "preset", "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}\nspec: {}\n---\n[]\n", faults);
        assertEquals(
                List.of("a"),
                documents.stream().map(ConfigurationDocument::name).toList());
        assertEquals(
                List.of(
                        "preset:6: the document is a list; write each of its items as a document of its own: without the dash, not"
                                + " indented, and with a line --- between them"),
                faults.list().stream().map(Fault::toString).toList());
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreRead() throws IOException {
        String text = "\uFEFF" + document("checkout").replace("\n", "\r\n") + "extra: 1\r\n";
        Files.writeString(folder.resolve("a.yaml"), text);

        assertEquals("checkout", configuration.read(faults).getFirst().name());
        assertEquals(List.of("a.yaml:5: unknown key 'extra'; legal: apiVersion, kind, metadata, spec"), texts());
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("missing");

        assertEquals(List.of(), new ConfigurationFolder(missing).read(faults));
        assertEquals(
                List.of(missing + ": folder does not exist; create it or name another configuration folder"), texts());
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        new ConfigurationFolder(file).read(faults);
        assertEquals(List.of(file + ": is not a folder; create it or name another configuration folder"), texts());
    }

    @Test
    void twoFilesThatDeclareTheSameAreBothNamed() throws IOException {
        service("a.yaml", "other", "checkout");
        service("b.yaml", "checkout");

        assertEquals(2, configuration.read(faults).size());
        assertEquals(
                List.of("b.yaml:3: Service 'checkout' is already declared in a.yaml:8; rename or remove one"), texts());
    }

    @Test
    void aFileOfOneMebibyteIsReadAndALargerOneRefused() throws IOException {
        String start = document("checkout") + "#";
        Files.writeString(folder.resolve("a.yaml"), start + "x".repeat((1 << 20) - start.length()));
        assertEquals(1, configuration.read(faults).size());
        assertTrue(faults.isEmpty());

        Files.writeString(folder.resolve("a.yaml"), start + "x".repeat((1 << 20) - start.length() + 1));
        assertEquals(0, configuration.read(faults).size());
        assertEquals(List.of("a.yaml:1: file is larger than 1048576 bytes (1 MiB); split it"), texts());
    }

    @Test
    void thousandsOfOpenBracketsAreRefusedAndDoNotUseUpTheStack() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "[".repeat(1 << 19));

        configuration.read(faults);
        assertEquals(List.of("a.yaml:1: not YAML: more than 64 lists and mappings inside each other"), texts());
    }

    @Test
    void linksThatLeadNowhereOrInCirclesAreNamed() throws IOException {
        Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        service("a.yaml", "a");

        assertEquals(1, configuration.read(faults).size());
        assertEquals(
                List.of(
                        "circle: link leads back to a folder it stands in; remove the link",
                        "gone.yaml:1: file does not exist, or is a link that leads nowhere; remove the link"),
                texts());
    }

    @Test
    void theFingerprintFollowsNamesAndContentsOnly() throws IOException {
        service("a.yaml", "a");
        String first = configuration.fingerprint();

        Files.setLastModifiedTime(folder.resolve("a.yaml"), FileTime.fromMillis(1));
        assertEquals(first, configuration.fingerprint());
        service("a.yaml", "b");
        String changed = configuration.fingerprint();
        assertNotEquals(first, changed);
        Files.move(folder.resolve("a.yaml"), folder.resolve("b.yaml"));
        assertNotEquals(changed, configuration.fingerprint());
        Files.delete(folder.resolve("b.yaml"));
        Files.delete(folder);
        assertNotEquals(new ConfigurationFolder(Files.createDirectory(folder)).fingerprint(), first);
    }

    @Test
    void aFileThatVanishesBetweenListingAndReadingIsNoFault() throws IOException {
        service("a.yaml", "a");
        service("b.yaml", "b");

        FolderSnapshot snapshot = FolderSnapshot.of(folder, file -> {
            assertFalse(!Files.exists(folder.resolve("a.yaml")) && file.endsWith("a.yaml"), "asked for a gone file");
            delete(folder.resolve("b.yaml"));
            return FolderFile.read(file);
        });

        assertTrue(snapshot.settled());
        assertEquals("a", snapshot.documents(faults).getFirst().name());
        assertEquals(List.of(), texts());
    }

    @Test
    void aFolderThatNeverRestsIsCalledUnsettled() throws IOException {
        service("a.yaml", "a");

        assertFalse(FolderSnapshot.of(folder, file -> {
                    append(file);
                    return FolderFile.read(file);
                })
                .settled());
    }

    private void service(String file, String... names) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(
                path,
                String.join(
                        "---\n",
                        List.of(names).stream()
                                .map(ConfigurationFolderTest::document)
                                .toList()));
    }

    private static String document(String name) {
        return "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {}\n";
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, Files.readString(file) + "# more\n");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<String> texts() {
        return faults.list().stream().map(Fault::toString).toList();
    }
}
