package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.List;
import java.util.function.Function;

/** A flag provider over real HTTP with one flag, which is on. */
abstract class FlagServer implements AutoCloseable {
    private final String method;
    private final StubHttpServer server = new StubHttpServer(this::answer);

    /** Answers looks at the flag; a test may put another before it. */
    volatile Function<Request, Response> onLook = request -> look();

    /** Answers changes of the flag; a test may put another before it. */
    volatile Function<Request, Response> onChange = this::change;

    private int effects;

    /** @param method of the requests that change the flag, e.g. "PUT" */
    FlagServer(String method) {
        this.method = method;
    }

    abstract Response answer(Request request);

    /** The flag as it is now. */
    abstract Response look();

    /** Carries a change out, if its condition holds. */
    abstract Response change(Request request);

    synchronized void noteEffect() {
        effects++;
    }

    synchronized int effects() {
        return effects;
    }

    boolean isChange(Request request) {
        return request.method().equals(method);
    }

    /** The requests that were to change the flag. */
    List<Request> changes() {
        return server.requests().stream().filter(this::isChange).toList();
    }

    List<Request> requests() {
        return server.requests();
    }

    String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
