/** The gRPC server side: life cycle, health, and the one error model. */
@NullMarked
package dev.portcullis.kit.rpc;

import org.jspecify.annotations.NullMarked;
