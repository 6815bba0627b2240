package dev.portcullis.kit.rpc;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.text.RequestName;
import io.grpc.Context;
import java.util.Optional;

/** Who makes the call, over gRPC or HTTP, that the current thread answers. Thread-safe. */
public final class CallCaller {
    static final Context.Key<Caller> CALLER = Context.key("portcullis.caller");

    private CallCaller() {}

    /** Him; {@link Caller#LOCAL} where no caller has to be known, and where there is no call. */
    public static Caller current() {
        return Optional.ofNullable(CALLER.get()).orElse(Caller.LOCAL);
    }

    /** A context in which this is who makes the call, as for a request over HTTP. */
    public static Context with(Context context, Caller caller) {
        return context.withValue(CALLER, caller);
    }

    /**
     * The name that goes on record as the caller's, from a field in which callers say it. A known caller's is what his credentials say, and he cannot give another; what a
     * service of Portcullis says, and anybody where nobody is known, is taken as it is told.
     *
     * @throws io.grpc.StatusRuntimeException when there is no name, or that of somebody else
     */
    public static String named(String field, String told) {
        var caller = current();
        return switch (caller.kind()) {
            case LOCAL, PEER -> RequestFields.name(field, told);
            case TOKEN, JWT, CERTIFICATE -> {
                if (!told.isEmpty() && !told.equals(caller.name())) {
                    throw RequestFields.invalid(
                            field,
                            "is " + RequestName.shown(told) + ", but the credentials are those of "
                                    + RequestName.shown(caller.name()) + "; leave it out");
                }
                yield caller.name();
            }
        };
    }
}
