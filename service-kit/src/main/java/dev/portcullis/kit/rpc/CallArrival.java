package dev.portcullis.kit.rpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.Optional;

/**
 * When a gRPC call arrived: noted in the thread that reads the connection, as soon as the head of the call is read, before the message is waited for and before a thread
 * is had for the answer. A time that is promised to a caller counts from there. Thread-safe.
 */
public final class CallArrival {
    private static final Context.Key<Long> ARRIVED = Context.key("portcullis.arrived");

    private CallArrival() {}

    /** When the call that the current thread answers arrived, in {@link System#nanoTime()}; now when there is none. */
    public static long nanoTime() {
        return Optional.ofNullable(ARRIVED.get()).orElseGet(System::nanoTime);
    }

    /** What a server notes it with. */
    static ServerStreamTracer.Factory notes() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new Note(System.nanoTime());
            }
        };
    }

    private static final class Note extends ServerStreamTracer {
        private final long arrived;

        Note(long arrived) {
            this.arrived = arrived;
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(ARRIVED, arrived);
        }
    }
}
