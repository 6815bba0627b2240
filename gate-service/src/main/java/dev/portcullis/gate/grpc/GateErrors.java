package dev.portcullis.gate.grpc;

import com.google.rpc.Code;
import dev.portcullis.gate.release.DecisionNotFoundException;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ErrorReason;
import java.util.Map;
import java.util.function.Supplier;

/** The domain's exceptions as errors of the wire. */
final class GateErrors {
    private GateErrors() {}

    static <T> T mapped(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidFieldException e) {
            throw RpcErrors.invalidField(e.field(), e.fault());
        } catch (ReleaseNotFoundException e) {
            throw RpcErrors.error(
                    Code.NOT_FOUND,
                    ErrorReason.RELEASE_NOT_FOUND,
                    String.valueOf(e.getMessage()),
                    Map.of("name", e.name()));
        } catch (DecisionNotFoundException e) {
            throw RpcErrors.error(
                    Code.NOT_FOUND,
                    ErrorReason.DECISION_NOT_FOUND,
                    String.valueOf(e.getMessage()),
                    Map.of("name", e.name()));
        } catch (ReleaseEndedException e) {
            var metadata = Map.of("name", e.name(), "state", e.state().name());
            throw RpcErrors.error(
                    Code.FAILED_PRECONDITION, ErrorReason.RELEASE_ENDED, String.valueOf(e.getMessage()), metadata);
        } catch (StoreUnavailableException e) {
            throw RpcErrors.error(
                    Code.UNAVAILABLE,
                    DecisionReason.STORE_UNAVAILABLE,
                    e.getMessage() + "; nothing was changed, try again",
                    Map.of());
        }
    }
}
