package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
import dev.portcullis.kit.identity.CallRates;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.Credentials;
import dev.portcullis.kit.identity.RefusedCalls;
import dev.portcullis.kit.tls.PeerCertificate;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Lets those calls through whose callers are known and may make them, before a service sees anything of them: credentials are looked at when the head of the call is there,
 * the role when the request is. Thread-safe.
 */
final class KnownCallers implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final CallerVerifier verifier;
    private final RpcAccess access;
    private final RefusedCalls refused;
    private final CallRates rates;

    KnownCallers(CallerVerifier verifier, RpcAccess access, RefusedCalls refused, CallRates rates) {
        this.verifier = verifier;
        this.access = access;
        this.refused = refused;
        this.rates = rates;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        MethodDescriptor<Q, A> method = call.getMethodDescriptor();
        var rpc = method.getFullMethodName();
        if (access.isOpen(rpc) || !verifier.isRequired()) {
            return next.startCall(call, headers);
        }
        try {
            var caller = caller(call, headers);
            rates.count(caller);
            // What comes after has no use for it, and logs and traces shall not have it.
            headers.removeAll(AUTHORIZATION);
            var context = Context.current().withValue(CallCaller.CALLER, caller);
            return new CheckedRequests<>(call, rpc, caller, Contexts.interceptCall(context, call, headers, next));
        } catch (CallRefusedException e) {
            refuse(call, e);
            return new ServerCall.Listener<>() {};
        }
    }

    private Caller caller(ServerCall<?, ?> call, Metadata headers) throws CallRefusedException {
        try {
            var shown = PeerCertificate.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            var service = String.valueOf(call.getMethodDescriptor().getServiceName());
            return verifier.verify(Credentials.of(values(headers), shown), service);
        } catch (CallRefusedException e) {
            rates.countRefused(RequestSource.address(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
            throw e;
        }
    }

    private static List<String> values(Metadata headers) {
        return Optional.ofNullable(headers.getAll(AUTHORIZATION))
                .map(all -> StreamSupport.stream(all.spliterator(), false).toList())
                .orElse(List.of());
    }

    private void refuse(ServerCall<?, ?> call, CallRefusedException refusal) {
        refused.count(refusal);
        var reason = refusal.reason().name();
        RpcErrors.end(
                call,
                refusal.reason() == CallRefusedException.Reason.TOO_MANY_CALLS
                        ? RpcErrors.error(Code.RESOURCE_EXHAUSTED, reason, refusal.why(), CallRates.PAUSE)
                        : RpcErrors.error(code(refusal.reason()), reason, refusal.why()));
    }

    private static Code code(CallRefusedException.Reason reason) {
        return switch (reason) {
            case CREDENTIALS_MISSING, CREDENTIALS_REFUSED -> Code.UNAUTHENTICATED;
            case ROLE_MISSING -> Code.PERMISSION_DENIED;
            case ISSUER_UNAVAILABLE -> Code.UNAVAILABLE;
            case TOO_MANY_CALLS -> Code.RESOURCE_EXHAUSTED;
        };
    }

    /** Keeps a request from its method that its caller may not make. */
    private final class CheckedRequests<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private final String rpc;
        private final Caller caller;
        private boolean ended;

        CheckedRequests(ServerCall<Q, ?> call, String rpc, Caller caller, ServerCall.Listener<Q> next) {
            super(next);
            this.call = call;
            this.rpc = rpc;
            this.caller = caller;
        }

        @Override
        public void onMessage(Q request) {
            if (ended) {
                return;
            }
            try {
                access.needed(rpc, request).check(caller);
                super.onMessage(request);
            } catch (CallRefusedException e) {
                ended = true;
                refuse(call, e);
            } catch (StatusRuntimeException e) {
                // Where the object of the call was looked for.
                ended = true;
                RpcErrors.end(call, e);
            }
        }

        @Override
        public void onHalfClose() {
            if (!ended) {
                super.onHalfClose();
            }
        }

        @Override
        public void onReady() {
            if (!ended) {
                super.onReady();
            }
        }
    }
}
