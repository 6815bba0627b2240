package dev.portcullis.kit.testing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.portcullis.kit.rpc.PageTokens;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every service holds of the texts, names, page sizes and page tokens of its requests, so that none refuses what another has accepted. The service is opened
 * once for all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RequestTextContract {
    private static final Set<Status.Code> EXPECTED = Set.of(
            Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.FAILED_PRECONDITION);
    private static final int LONGEST_MESSAGE = 1_000;

    private final ServiceDescriptor service;
    private final Map<String, Message> samples;
    private Channel channel;

    /**
     * @param service the service
     * @param samples a legal request by the name of its method; of methods that change something, one that is refused later than its texts are read
     */
    protected RequestTextContract(ServiceDescriptor service, Map<String, Message> samples) {
        this.service = service;
        this.samples = samples;
    }

    /**
     * Starts the service; answers how to reach it.
     *
     * @param folder an empty one
     */
    protected abstract Channel open(Path folder);

    /** Ends the service. */
    protected abstract void close();

    /** Sends a free text in a call of its own; answers what is kept of it. */
    protected abstract String sendText(String text);

    /** Sends a name in a call of its own that is answered when it is legal. */
    protected abstract void sendName(String name);

    /** Asks for a page of a list. */
    protected abstract void list(int pageSize, String pageToken);

    @BeforeAll
    void start(@TempDir Path folder) {
        channel = open(folder);
    }

    @AfterAll
    void stop() {
        close();
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfARequestAnswersAnyValueByTheErrorModel() {
        var schema = (ProtoServiceDescriptorSupplier) Objects.requireNonNull(service.getSchemaDescriptor());
        return schema.getServiceDescriptor().getMethods().stream().flatMap(method -> HostileTexts.places(
                        method.getInputType())
                .map(place -> DynamicTest.dynamicTest(
                        method.getName() + " " + place.name(),
                        () -> assertAll(HostileTexts.values().entrySet().stream()
                                .map(value -> () -> answers(method, place, value.getKey(), value.getValue()))))));
    }

    private void answers(MethodDescriptor method, HostileTexts.Place place, String what, byte[] value) {
        var sample = samples.get(method.getName()).toByteArray();
        var more = place.bytes(value);
        var request = new byte[sample.length + more.length];
        System.arraycopy(sample, 0, request, 0, sample.length);
        System.arraycopy(more, 0, request, sample.length, more.length);
        try {
            call(method, request);
        } catch (StatusRuntimeException e) {
            assertTrue(EXPECTED.contains(e.getStatus().getCode()), () -> what + ": " + e.getMessage());
            assertOfTheModel(what, e);
        }
    }

    private void call(MethodDescriptor method, byte[] request) {
        var name = service.getName() + "/" + method.getName();
        var options = CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
        if (method.isServerStreaming()) {
            RawCalls.first(channel, name, request, options);
        } else {
            RawCalls.unary(channel, name, request, options);
        }
    }

    private static void assertOfTheModel(String what, StatusRuntimeException error) {
        var status = StatusProto.fromThrowable(error);
        var infos = status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .count();
        assertEquals(1, infos, () -> what + ": " + error.getMessage());
        var message = status.getMessage();
        assertTrue(message.length() <= LONGEST_MESSAGE, () -> what + ": " + message.length() + " characters");
        assertFalse(message.codePoints().anyMatch(Character::isISOControl), () -> what + ": " + message);
    }

    @TestFactory
    Stream<DynamicTest> legalTextsAreKeptWithLineFeedsAlone() {
        return Map.of(
                        "one line",
                        "one line",
                        "one\nand\ttwo",
                        "one\nand\ttwo",
                        "from a form\r\nor Windows\r\n",
                        "from a form\nor Windows",
                        "a lone\rreturn",
                        "a lone\nreturn",
                        " blanks around ",
                        "blanks around",
                        "😀".repeat(1_000),
                        "😀".repeat(1_000),
                        "Grüße, 世界, שלום \u200fend",
                        "Grüße, 世界, שלום \u200fend")
                .entrySet()
                .stream()
                .map(text -> DynamicTest.dynamicTest(
                        shown(text.getKey()), () -> assertEquals(text.getValue(), sendText(text.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> illegalTextsAreRefused() {
        return Stream.of("", " \r\n\t", "\u200b", "\0", "bell \u0007", "\u001b[2J", "c1 \u0085", "x".repeat(1_001))
                .map(text -> DynamicTest.dynamicTest(shown(text), () -> assertInvalid(() -> sendText(text))));
    }

    @TestFactory
    Stream<DynamicTest> legalNamesAreTaken() {
        return Stream.of("c", "a b", "a/b", "Grüße-世界", "😀".repeat(253), "x".repeat(253), "a\u200fb")
                .map(name -> DynamicTest.dynamicTest(shown(name), () -> sendName(name)));
    }

    @TestFactory
    Stream<DynamicTest> illegalNamesAreRefused() {
        return Stream.of(
                        " ", " a", "a\u00a0", "a\nb", "a\r", "a\tb", "\0", "a\u2028b", "x".repeat(254), "{{x}}", "${X}")
                .map(name -> DynamicTest.dynamicTest(shown(name), () -> assertInvalid(() -> sendName(name))));
    }

    @TestFactory
    Stream<DynamicTest> pagesHaveOneTo200Items() {
        return Stream.concat(
                Stream.of(0, 1, 200).map(size -> DynamicTest.dynamicTest("legal: " + size, () -> list(size, ""))),
                Stream.of(-1, 201, Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .map(size -> DynamicTest.dynamicTest(
                                "refused: " + size, () -> assertInvalid(() -> list(size, "")))));
    }

    @TestFactory
    Stream<DynamicTest> pageTokensOfOthersAreRefused() {
        var others = PageTokens.under("another list");
        return Stream.of(
                        "?",
                        "AAAA",
                        "\0",
                        "x".repeat(10_000),
                        others.of(7),
                        others.of(new PageTokens.Position(Instant.EPOCH, UUID.randomUUID())))
                .map(token -> DynamicTest.dynamicTest(shown(token), () -> assertInvalid(() -> list(0, token))));
    }

    private static void assertInvalid(Runnable call) {
        var error = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertOfTheModel("refused", error);
    }

    private static String shown(String text) {
        var name = new StringBuilder("'");
        List<Integer> characters = text.codePoints().limit(30).boxed().toList();
        characters.forEach(c ->
                name.append(Character.isISOControl(c) || c > 0x7e ? "\\u%04x".formatted(c) : Character.toString(c)));
        return name.append("'").toString();
    }
}
