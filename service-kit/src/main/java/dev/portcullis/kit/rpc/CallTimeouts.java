package dev.portcullis.kit.rpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the timeout of a gRPC call before gRPC does, which answers one that it cannot read as a fault of the server and tells the log. Such a call has none then, and is
 * to be refused. Thread-safe.
 */
final class CallTimeouts {
    /** The header that has it. */
    static final String HEADER = "grpc-timeout";

    private static final Metadata.Key<String> TIMEOUT = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern LEGAL = Pattern.compile("[0-9]{1,8}[HMSmun]");
    private static final Context.Key<Boolean> UNREADABLE = Context.key("portcullis.unreadable-timeout");

    private CallTimeouts() {}

    /** Whether that of the call which the current thread answers could not be read. */
    static boolean isUnreadable() {
        return UNREADABLE.get() != null;
    }

    /** What a server notes it with. */
    static ServerStreamTracer.Factory notes() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                @Nullable String timeout = headers.get(TIMEOUT);
                if (timeout == null || LEGAL.matcher(timeout).matches()) {
                    return new ServerStreamTracer() {};
                }
                headers.removeAll(TIMEOUT);
                return new Note();
            }
        };
    }

    private static final class Note extends ServerStreamTracer {
        @Override
        public Context filterContext(Context context) {
            return context.withValue(UNREADABLE, true);
        }
    }
}
