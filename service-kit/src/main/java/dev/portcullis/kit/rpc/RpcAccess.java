package dev.portcullis.kit.rpc;

import dev.portcullis.kit.identity.Requirement;
import io.grpc.MethodDescriptor;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each rpc of a server needs of its caller: the only list. An rpc that is not in it is refused wherever callers have to be known. Immutable. */
public final class RpcAccess {
    /** An empty list. */
    public static final RpcAccess NONE = new RpcAccess(Map.of());

    /**
     * An rpc.
     *
     * @param needed what a request needs; null for nothing, so that nobody is asked who he is
     */
    private record Row(@Nullable Function<Object, Requirement> needed) {}

    private final Map<String, Row> rows;

    private RpcAccess(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** The same list with an rpc of which a request says what it needs. */
    @SuppressWarnings("unchecked") // the server reads requests as what the method says
    public <Q> RpcAccess with(MethodDescriptor<Q, ?> method, Function<Q, Requirement> needed) {
        return plus(method, new Row(request -> needed.apply((Q) request)));
    }

    /** The same list with an rpc that anybody may call. */
    public RpcAccess withOpen(MethodDescriptor<?, ?> method) {
        return plus(method, new Row(null));
    }

    private RpcAccess plus(MethodDescriptor<?, ?> method, Row row) {
        return and(new RpcAccess(Map.of(method.getFullMethodName(), row)));
    }

    /** Both lists. */
    public RpcAccess and(RpcAccess other) {
        var all = new TreeMap<>(rows);
        all.putAll(other.rows);
        return new RpcAccess(Collections.unmodifiableMap(all));
    }

    /** Full names of the rpcs in the list, as "portcullis.gate.v1.GateService/GetRelease". */
    public Set<String> rpcs() {
        return rows.keySet();
    }

    /** Whether anybody may call an rpc. */
    boolean isOpen(String rpc) {
        var row = rows.get(rpc);
        return row != null && row.needed() == null;
    }

    /** What a request of an rpc needs. An rpc that is in no list needs what nobody has. */
    Requirement needed(String rpc, Object request) {
        var row = rows.get(rpc);
        return row == null || row.needed() == null
                ? Requirement.NEVER
                : row.needed().apply(request);
    }
}
