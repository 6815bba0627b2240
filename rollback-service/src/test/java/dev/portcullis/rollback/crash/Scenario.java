package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.target.TargetWorld;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of rollback to be killed at each of its points.
 *
 * @param name as a report shows it
 * @param open a world before such a rollback, unlike any other
 * @param address where the world's other side is
 * @param section the policy's rollback section, with ${address} and ${cluster} for how the world is reached
 */
record Scenario(String name, Supplier<TargetWorld> open, Function<TargetWorld, URI> address, String section) {
    static <W extends TargetWorld> Scenario of(
            String name, Class<W> kind, Supplier<W> open, Function<W, String> address, String section) {
        return new Scenario(
                name, open::get, world -> URI.create(address.apply(kind.cast(world))), section);
    }

    @Override
    public String toString() {
        return name;
    }
}
