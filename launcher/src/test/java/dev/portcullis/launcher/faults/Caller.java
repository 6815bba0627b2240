package dev.portcullis.launcher.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the gate about the canary of each service, again and again and of each at the same time, and keeps what must not have been answered. Its threads end with
 * {@link #close()}.
 */
final class Caller implements AutoCloseable {
    /** Within which the gate answers whatever has failed behind it, on a machine that is not overloaded. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    /** More than that at most, for time in which threads waited for a processor. */
    private static final Duration LARGEST_ALLOWANCE = Duration.ofSeconds(1);

    /** After which a call counts as hung. */
    private static final Duration HUNG = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_TOLD = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Supplier<Optional<Integer>> process;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Set<Canary> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean closed;

    /** @param process a number of its own for each process that is up and goes on; nothing while none does */
    Caller(int port, List<Service> services, Supplier<Optional<Integer>> process) {
        this.port = port;
        this.process = process;
        this.threads = services.stream()
                .map(service -> Thread.ofPlatform().daemon().start(() -> run(service)))
                .toList();
    }

    private void run(Service service) {
        while (!closed) {
            process.get().ifPresent(up -> ask(service.canary(), up));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Of a process that was killed or stopped meanwhile, a call that fails or is late is no fault; a wrong answer is one. */
    private void ask(Canary canary, int up) {
        var begin = System.nanoTime();
        var pressure = CpuPressure.total();
        try {
            var response = client.send(request(canary), BodyHandlers.ofString());
            var fault = fault(canary, response);
            if (fault != null) {
                faults.add(canary + ": " + fault);
            }
        } catch (IOException e) {
            noteIfUp(up, canary + ": no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(PROMISE.plus(allowance(pressure))) > 0) {
            noteIfUp(up, canary + ": a call took " + took.toMillis() + " ms");
        }
        if (isUp(up)) {
            answers.incrementAndGet();
            slowest.accumulateAndGet(took.toMillis(), Math::max);
        }
    }

    private static Duration allowance(Duration pressureBefore) {
        var waited = CpuPressure.total().minus(pressureBefore);
        return waited.compareTo(LARGEST_ALLOWANCE) < 0 ? waited : LARGEST_ALLOWANCE;
    }

    private HttpRequest request(Canary canary) {
        var question = "service=%s&canary=%s&stable=stable".formatted(canary.service, canary.name);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/argo?" + question))
                .timeout(HUNG)
                .build();
    }

    private void noteIfUp(int up, String fault) {
        if (isUp(up)) {
            faults.add(fault);
        }
    }

    private boolean isUp(int up) {
        return process.get().equals(Optional.of(up));
    }

    private @Nullable String fault(Canary canary, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            return "status " + response.statusCode() + ": " + response.body();
        }
        var answer = JSON.readTree(response.body());
        var decision = answer.path("decision").asText();
        if (decision.equals("HOLD")) {
            return null;
        }
        if (!decision.equals(canary.rightDecision())) {
            return "wrong: " + response.body();
        }
        if (canary.good || isRolledBack(answer)) {
            ended.add(canary);
        }
        return null;
    }

    private static boolean isRolledBack(JsonNode answer) {
        return answer.path("rollbackState").asText().equals("SUCCEEDED");
    }

    /** Whether a good canary was promoted, or a bad one aborted and taken back with success. */
    boolean hasEnded(Canary canary) {
        return ended.contains(canary);
    }

    /** What must not have been answered, the first of it. */
    List<String> faults() {
        return faults.stream().limit(MOST_TOLD).toList();
    }

    @Override
    public String toString() {
        return answers + " answers, the slowest after " + slowest + " ms, about " + ended.size() + " ended canaries";
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
