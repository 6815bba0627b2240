package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.CountedStatements;
import dev.portcullis.kit.testing.TestDatabase;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many streams over a real database whose statements are counted. What is followed is a number from 1 to 3; 3 is the end. */
@Timeout(120)
final class WatchesIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int STREAMS = 60;
    private static final int RESOURCES = 20;
    private static final String LOOK = "select id, number from thing where id = any(?)";
    private static final String READ = "select number from thing where id = ?";

    private final CountedStatements statements = new CountedStatements(TestDatabase.fresh());
    private final Jdbi jdbi = Jdbi.create(statements.dataSource());
    private final Watches<HealthCheckResponse> watches =
            new Watches<>(this::versions, this::read, value -> value.getStatusValue() == 3);
    private final List<UUID> ids = new ArrayList<>();
    private final CancellableContext callers = Context.current().withCancellation();
    private GrpcServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        jdbi.useHandle(handle -> handle.execute("create table thing (id uuid primary key, number int not null)"));
        for (int i = 0; i < RESOURCES; i++) {
            ids.add(UUID.randomUUID());
            set(ids.get(i), 1);
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new GrpcServer(address, List.of(service()), OpenTelemetry.noop(), 1_000, new SimpleMeterRegistry());
        server.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        callers.cancel(null);
        channel.shutdownNow();
        server.close();
    }

    /** A service of its own, for the server has a Health already. */
    private BindableService service() {
        return new ThingService(watches);
    }

    private void set(UUID id, int number) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into thing values (?, ?) on conflict (id) do update set number = excluded.number", id, number));
    }

    private Map<UUID, String> versions(Set<UUID> wanted) {
        return jdbi.withHandle(handle -> handle.createQuery(LOOK)
                .bindArray(0, UUID.class, wanted)
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("number")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private HealthCheckResponse read(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(READ)
                .bind(0, id)
                .mapTo(Integer.class)
                .findOne()
                .map(number ->
                        HealthCheckResponse.newBuilder().setStatusValue(number).build())
                .orElseThrow(() -> Status.NOT_FOUND.asRuntimeException()));
    }

    private Iterator<HealthCheckResponse> follow(UUID id) {
        var request = HealthCheckRequest.newBuilder().setService(id.toString()).build();
        return ThingService.watch(channel, request);
    }

    private List<Iterator<HealthCheckResponse>> followAll() throws Exception {
        List<Iterator<HealthCheckResponse>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            var id = ids.get(i % RESOURCES);
            var stream = callers.call(() -> follow(id));
            assertEquals(1, stream.next().getStatusValue());
            streams.add(stream);
        }
        return streams;
    }

    @Test
    void allStreamsTogetherAskOnceForEachLookWhileNothingChanges() throws Exception {
        followAll();
        var before = settledReads();
        awaitLooks(6);
        assertEquals(before, statements.count(READ), "statements that read");
        assertTrue(before <= STREAMS + RESOURCES, before + " reads of " + STREAMS + " streams");
    }

    /** The first look of a resource may have it read once more, after that look. */
    private int settledReads() {
        var seen = new AtomicInteger(-1);
        Await.until("no read between some looks", LIMIT, () -> {
            awaitLooks(4);
            var now = statements.count(READ);
            return seen.getAndSet(now) == now;
        });
        return seen.get();
    }

    private void awaitLooks(int more) {
        var enough = statements.count(LOOK) + more;
        Await.until(more + " looks more", LIMIT, () -> statements.count(LOOK) >= enough);
    }

    @Test
    void aChangeIsReadOnceForAllThatFollowIt() throws Exception {
        var streams = followAll();
        var before = settledReads();
        set(ids.getFirst(), 2);
        for (int i = 0; i < STREAMS; i += RESOURCES) {
            assertEquals(2, streams.get(i).next().getStatusValue());
        }
        assertEquals(before + 1, statements.count(READ));
    }

    @Test
    void aStreamEndsWithItsResourceAndNothingIsAskedWhenThereIsNoneLeft() throws Exception {
        var stream = follow(ids.getFirst());
        stream.next();
        set(ids.getFirst(), 3);
        assertEquals(3, stream.next().getStatusValue());
        assertFalse(stream.hasNext());
        Await.until("no look any more", LIMIT, () -> !watches.looking());
    }

    @Test
    void aResourceThatIsNotThereEndsTheStreamByItsError() {
        var stream = follow(UUID.randomUUID());
        var error = assertThrows(StatusRuntimeException.class, stream::hasNext);
        assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
    }

    @Test
    void aResourceThatGoesEndsTheStream() {
        var stream = follow(ids.getFirst());
        stream.next();
        jdbi.useHandle(handle -> handle.execute("delete from thing where id = ?", ids.getFirst()));
        var error = assertThrows(StatusRuntimeException.class, stream::hasNext);
        assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
    }

    @Test
    void anIdThatCannotBeReadEndsTheStreamByItsError() {
        var request = HealthCheckRequest.newBuilder().setService("x").build();
        var error = assertThrows(StatusRuntimeException.class, () -> ThingService.watch(channel, request)
                .hasNext());
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode());
    }
}
