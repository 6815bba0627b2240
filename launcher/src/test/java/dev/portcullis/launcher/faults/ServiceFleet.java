package dev.portcullis.launcher.faults;

import dev.portcullis.launcher.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The services that Portcullis is configured for. {@link #services()} may be read by any thread. */
final class ServiceFleet implements AutoCloseable {
    /** A canary that has ended is asked about for a while: nothing else may be said of it then. */
    private static final int STEPS_AFTER_END = 2;

    private final List<Service> services;

    /** The first canary of every second service is bad. */
    ServiceFleet(Installation installation, int size) throws IOException {
        services = IntStream.range(0, size)
                .mapToObj(i -> new Service("shop-" + i, i % 2 == 0))
                .toList();
        for (var service : services) {
            Files.writeString(installation.configuration().resolve(service.name + ".yaml"), service.configuration());
        }
    }

    List<Service> services() {
        return services;
    }

    /** All that there were. */
    List<Canary> canaries() {
        return services.stream().flatMap(service -> service.canaries().stream()).toList();
    }

    /** Some of those that have ended make room for others, good or bad. */
    void renew(RandomGenerator random, Predicate<Canary> hasEnded) {
        for (var service : services) {
            var due = random.nextInt(STEPS_AFTER_END) == 0;
            var good = random.nextBoolean();
            if (due && hasEnded.test(service.canary())) {
                System.out.println("  released: " + service.release(good));
            }
        }
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }
}
