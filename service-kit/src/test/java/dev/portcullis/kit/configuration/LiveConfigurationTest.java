package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.kit.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class LiveConfigurationTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final List<ConfigurationException> refusals = new ArrayList<>();

    @Test
    void aFaultyFolderCannotBeOpenedAndTellsEveryFault() throws IOException {
        policy("a.yaml", "checkout", "servic: x");
        policy("b.yaml", "cart", "gates: {}");

        ConfigurationException refusal = assertThrows(ConfigurationException.class, this::open);
        assertEquals(
                "a.yaml:6: unknown key 'servic' in spec (did you mean 'service'?); legal: "
                        + "service, arms, objectives, analysis, gate, rollback, preset\n"
                        + "b.yaml:6: unknown key 'gates' in spec (did you mean 'gate'?); legal: "
                        + "service, arms, objectives, analysis, gate, rollback, preset",
                refusal.getMessage());
        assertEquals(2, refusal.faults().size());
    }

    @Test
    void aMissingFolderCannotBeOpenedAndIsNamed() {
        Path missing = folder.resolve("missing");

        ConfigurationException refusal = assertThrows(
                ConfigurationException.class, () -> LiveConfiguration.open(missing, SamplePolicies::services, NEVER)
                        .close());
        assertEquals(
                missing + ": folder does not exist; create it or name another configuration folder",
                refusal.getMessage());
    }

    @Test
    void aPollIntervalOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LiveConfiguration.open(
                        folder, SamplePolicies::services, Duration.ZERO)
                .close());
    }

    @Test
    void aChangeIsTakenUpByThePollWithoutBeingAskedFor() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (LiveConfiguration<String> live =
                LiveConfiguration.open(folder, SamplePolicies::services, Duration.ofMillis(5))) {
            live.onChange(heard::add);
            assertEquals("", live.current());

            policy("a.yaml", "checkout", "arms: {label: hash}");
            assertEquals("checkout", heard.poll(30, TimeUnit.SECONDS));
            assertEquals("checkout", live.current());
        }
    }

    @Test
    void aClosedConfigurationPollsNoMoreAndCanStillBeRead() throws Exception {
        LinkedBlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
        LiveConfiguration<Integer> live = LiveConfiguration.open(
                folder,
                (documents, faults) -> {
                    readers.add(Thread.currentThread());
                    return documents.size();
                },
                Duration.ofMillis(1));
        assertEquals(Thread.currentThread(), readers.take());
        policy("a.yaml", "checkout", "arms: {label: hash}");
        Thread poll = Objects.requireNonNull(readers.poll(30, TimeUnit.SECONDS));

        live.close();
        live.close();
        assertFalse(poll.isAlive());
        assertEquals(1, live.current());
    }

    @Test
    void onePollTellsAllOfThisProcessThatFollowTheFolder() throws Exception {
        LinkedBlockingQueue<Thread> polls = new LinkedBlockingQueue<>();
        BiFunction<List<ConfigurationDocument>, Faults, Integer> parser = (documents, faults) -> {
            if (!documents.isEmpty()) {
                polls.add(Thread.currentThread());
            }
            return documents.size();
        };
        var every = Duration.ofMillis(5);
        try (var one = LiveConfiguration.open(folder, parser, every);
                var other = LiveConfiguration.open(folder, parser, every)) {
            policy("a.yaml", "checkout", "arms: {label: hash}");
            Thread first = Objects.requireNonNull(polls.poll(30, TimeUnit.SECONDS));
            assertEquals(first, polls.poll(30, TimeUnit.SECONDS));

            one.close();
            policy("b.yaml", "cart", "arms: {label: hash}");
            assertEquals(first, polls.poll(30, TimeUnit.SECONDS), "the other is followed on");
            assertEquals(1, one.current());
            other.close();
            assertFalse(first.isAlive());
        }
    }

    @Test
    void aRefusalIsToldOnceForAllOfThisProcess() throws Exception {
        try (var one = open();
                var other = open()) {
            policy("a.yaml", "checkout", "arms: [hash]");
            one.refresh();
            other.refresh();
            assertFalse(one.lastFaults().isEmpty());
            assertEquals(one.lastFaults(), other.lastFaults());
            assertEquals(1, refusals.size());
        }
    }

    @Test
    void aListenerMayCloseTheConfiguration() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        LiveConfiguration<String> live = LiveConfiguration.open(folder, SamplePolicies::services, Duration.ofMillis(1));
        live.onChange(value -> {
            live.close();
            heard.add(value);
        });
        policy("a.yaml", "checkout", "arms: {label: hash}");

        assertEquals("checkout", heard.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatTheReaderOfAnotherServiceRefusesIsNotTakenUpEither() throws IOException {
        policy("a.yaml", "checkout", "arms: {label: hash}");
        SectionReaders readers = new SectionReaders(List.of(new RollbackSections(), new ThrowingSections()));
        try (LiveConfiguration<String> live =
                LiveConfiguration.open(folder, readers.before("throwing", SamplePolicies::services), NEVER)) {
            String before = live.generation();
            policy("b.yaml", "cart", "rollback: {target: nowhere}");
            live.refresh();
            assertEquals("checkout", live.current());
            assertEquals(before, live.generation());
            assertEquals("no such target", live.lastFaults().getFirst().message());

            policy("b.yaml", "cart", "arms: {label: hash}");
            live.refresh();
            assertEquals("checkout,cart", live.current());
            assertFalse(before.equals(live.generation()));
            assertTrue(live.lastFaults().isEmpty());
        }
    }

    private static final class RollbackSections implements SectionReader {
        @Override
        public String service() {
            return "rollback";
        }

        @Override
        public void read(List<ConfigurationDocument> documents, Faults faults) {
            documents.stream()
                    .filter(document -> document.spec().keys().contains("rollback"))
                    .forEach(document -> faults.add(document.spec(), "no such target"));
        }
    }

    /** Of the service itself, whose parser reads its sections. */
    private static final class ThrowingSections implements SectionReader {
        @Override
        public String service() {
            return "throwing";
        }

        @Override
        public void read(List<ConfigurationDocument> documents, Faults faults) {
            throw new AssertionError("a service reads its own sections by its parser alone");
        }
    }

    @Test
    void aFaultyChangeIsRefusedAsAWholeAndToldOnce() throws IOException {
        policy("a.yaml", "checkout", "arms: {label: hash}");
        try (LiveConfiguration<String> live = open()) {
            policy("b.yaml", "cart", "arms: {label: hash}");
            policy("c.yaml", "search", "arm: {label: hash}");
            live.refresh();
            live.refresh();
            Files.setLastModifiedTime(folder.resolve("c.yaml"), FileTime.fromMillis(1));
            live.refresh();

            assertEquals("checkout", live.current());
            assertEquals(1, refusals.size());
            assertEquals(
                    List.of("c.yaml:6: unknown key 'arm' in spec (did you mean 'arms'?); legal: "
                            + "service, arms, objectives, analysis, gate, rollback, preset"),
                    live.lastFaults().stream().map(Fault::toString).toList());

            policy("c.yaml", "search", "arms: {label: hash}");
            live.refresh();
            assertEquals("checkout,cart,search", live.current());
            assertEquals(List.of(), live.lastFaults());
        }
    }

    @Test
    void goingBackToTheLastGoodContentClearsTheFaultsAndChangesNothing() throws IOException {
        List<String> heard = new ArrayList<>();
        policy("a.yaml", "checkout", "arms: {label: hash}");
        try (LiveConfiguration<String> live = open()) {
            live.onChange(heard::add);
            Files.writeString(folder.resolve("b.yaml"), "- broken");
            live.refresh();
            assertEquals(1, live.lastFaults().size());

            Files.delete(folder.resolve("b.yaml"));
            live.refresh();
            assertEquals(List.of(), live.lastFaults());
            assertEquals(List.of(), heard);
        }
    }

    @Test
    void aFolderThatGoesAwayLeavesTheLastGoodContent() throws IOException {
        policy("a.yaml", "checkout", "arms: {label: hash}");
        try (LiveConfiguration<String> live = open()) {
            Path aside = folder.resolveSibling(folder.getFileName() + "-aside");
            Files.move(folder, aside);
            live.refresh();
            assertEquals("checkout", live.current());
            assertTrue(live.lastFaults().getFirst().message().startsWith("folder does not exist"));

            Files.move(aside, folder);
            live.refresh();
            assertEquals(List.of(), live.lastFaults());
        }
    }

    @Test
    void aReaderThatThrowsRefusesTheChange() throws IOException {
        try (LiveConfiguration<Integer> live = LiveConfiguration.open(
                folder, (documents, faults) -> 1 / (1 - documents.size()), NEVER, refusals::add)) {
            policy("a.yaml", "checkout", "arms: {label: hash}");
            live.refresh();

            assertEquals(1, live.current());
            assertEquals(
                    folder + ": cannot be used, its reader failed: java.lang.ArithmeticException: / by zero",
                    live.lastFaults().getFirst().toString());
            assertInstanceOf(ArithmeticException.class, refusals.getFirst().getCause());
        }
    }

    @Test
    void aReaderThatThrowsAfterAFaultIsTakenAtItsFault() throws IOException {
        policy("a.yaml", "checkout", "arms: {label: hash}");

        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> LiveConfiguration.open(
                        folder,
                        (documents, faults) -> {
                            faults.add(documents.getFirst().root(), "no");
                            throw new IllegalStateException("a consequence");
                        },
                        NEVER)
                .close());
        assertEquals("a.yaml:1: no", refusal.getMessage());
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheNext() throws IOException {
        List<String> heard = new ArrayList<>();
        try (LiveConfiguration<String> live = open()) {
            live.onChange(value -> {
                throw new IllegalStateException("deaf");
            });
            live.onChange(heard::add);
            policy("a.yaml", "checkout", "arms: {label: hash}");
            live.refresh();

            assertEquals(List.of("checkout"), heard);
        }
    }

    /** As kubelet does it: files are links into {@code ..data}, itself a link to a dated folder that is swapped at once. */
    @Test
    void aConfigMapSwappedByItsDataLinkIsFollowed() throws IOException {
        policy("..2026_01_01/a.yaml", "checkout", "arms: {label: hash}");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        try (LiveConfiguration<String> live = open()) {
            assertEquals("checkout", live.current());

            policy("..2026_01_02/a.yaml", "cart", "arms: {label: hash}");
            live.refresh();
            assertEquals("checkout", live.current());
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_01_02"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(folder.resolve("..2026_01_01/a.yaml"));
            live.refresh();

            assertEquals("cart", live.current());
            assertEquals(List.of(), refusals);
        }
    }

    @Test
    void whatSeveralReadersOfOneProcessSeeIsToldOnce() throws IOException {
        policy("a.yaml", "checkout", "arms: {label: hash}");
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        // While another class's thread starts the logging, SLF4J gives out substitutes.
        Await.until("logging", LIMIT, () -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        var logger = (Logger) LoggerFactory.getLogger(LiveConfiguration.class);
        logger.addAppender(told);
        try (LiveConfiguration<String> one = open();
                LiveConfiguration<String> other = open()) {
            for (String service : List.of("cart", "shop", "cart")) {
                policy("a.yaml", service, "arms: {label: hash}");
                one.refresh();
                other.refresh();
            }
        } finally {
            logger.detachAppender(told);
        }
        assertEquals(
                List.of("changed", "changed", "changed"),
                told.list.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(line -> line.contains(folder.toString()))
                        .map(line -> line.contains(" changed; the new content is in use") ? "changed" : line)
                        .toList());
    }

    @Test
    void aRefusalIsToldAgainToWhoeverFollowsTheFolderAnew() throws IOException {
        for (int times = 1; times <= 2; times++) {
            policy("a.yaml", "checkout", "arms: {label: hash}");
            try (LiveConfiguration<String> live = open()) {
                policy("a.yaml", "checkout", "servic: x");
                live.refresh();
                assertEquals(times, refusals.size());
            }
        }
    }

    private LiveConfiguration<String> open() {
        return LiveConfiguration.open(folder, SamplePolicies::services, NEVER, refusals::add);
    }

    private void policy(String file, String service, String section) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        // Written aside and moved, as an editor does, so that a poll never sees half a file.
        Path written = Files.writeString(
                path.resolveSibling(".new"),
                "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: " + service
                        + "}\nspec:\n  service: " + service + "\n  " + section + "\n");
        Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
