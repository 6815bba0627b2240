package dev.portcullis.rollback.traffic;

import dev.portcullis.rollback.plan.Precondition;
import java.util.List;

/** What is told of routes that send the canary copies of requests whose answers nobody gets. */
public final class Mirrors {
    private Mirrors() {}

    /** @param routes the labels of those that do, as long as they do */
    public static Precondition precondition(List<String> routes) {
        var text = routes.isEmpty()
                ? "no route sends the canary copies of requests"
                : String.join(", ", routes) + " sends the canary copies of requests, and will go on: users do not see"
                        + " the answers, but what the canary writes is written";
        return new Precondition("NOT_MIRRORED", routes.isEmpty(), text);
    }
}
