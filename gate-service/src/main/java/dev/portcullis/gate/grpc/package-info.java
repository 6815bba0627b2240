/** GateService over gRPC: parse, call, map. */
@NullMarked
package dev.portcullis.gate.grpc;

import org.jspecify.annotations.NullMarked;
